import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { copyTalk, deckhand, present } from './deckhand.ts';

interface Check {
  name: string;
  state: string;
  what: string;
  next: string;
}

test('preflight says everything in words as well as colours, and exits 0 when nothing is red', async () => {
  await using talk = await copyTalk();
  const { code, stdout } = await deckhand(['preflight', talk.deck, '--port', '0'], talk.folder);
  expect(code, stdout).toBe(0);
  for (const name of ['engine', 'disk', 'memory', 'port', 'battery', 'clock', 'deck', 'pictures', 'fonts'])
    expect(stdout).toMatch(new RegExp(`^(?:✓ fine|! look) +${name} `, 'mu'));
  expect(stdout).not.toContain('\u001B');
});

test('a broken picture and a taken port are red, with what to do, and exit 1', async () => {
  await using talk = await copyTalk();
  await writeFile(join(talk.folder, 'broken.png'), 'not a picture');
  await writeFile(talk.deck, '# One\n\n![Broken](broken.png)\n');
  const other = createServer((_request, response) => response.end('other')).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = String(typeof address === 'object' && address !== null ? address.port : 0);
  const { code, stdout } = await deckhand(['preflight', talk.deck, '--port', port, '--json'], talk.folder);
  other.close();
  expect(code).toBe(1);
  const { checks } = JSON.parse(stdout) as { checks: Check[] };
  const reds = checks.filter(({ state }) => state === 'red');
  expect(reds.map(({ name }) => name).toSorted()).toEqual(['pictures', 'port']);
  expect(reds.every(({ next }) => next !== '')).toBe(true);
  expect(checks.find(({ name }) => name === 'pictures')?.what).toContain('broken.png');
});

test('the speaker view shows the board, with the size and zoom of the deck’s window', async ({ context }) => {
  await using talk = await present([]);
  const deck = await context.newPage();
  await deck.goto(talk.url);
  await expect(deck.locator('.reveal')).toHaveClass(/ready/);
  const speaker = await context.newPage();
  await speaker.goto(`${talk.url}speaker`);
  await speaker.getByRole('button', { name: 'Preflight' }).click();
  const board = speaker.getByRole('dialog', { name: 'Preflight' });
  await expect(board.getByRole('status')).toContainText('looked just now', { timeout: 15_000 });
  const screen = board.locator('li', { hasText: 'zoom 100 %' });
  await expect(screen).toContainText('1280×720');
  await expect(board.locator('li', { hasText: 'pictures' })).toContainText('✓ fine');
  await expect(board.getByRole('button', { name: 'Look again' })).toBeEnabled();
  await speaker.keyboard.press('PageDown');
  expect(new URL(deck.url()).hash).not.toContain('about');
  await speaker.keyboard.press('Escape');
  await expect(board).toBeHidden();
});
