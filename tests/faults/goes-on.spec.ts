import { once } from 'node:events';
import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ask, end, present, readToken, type Presenting } from '../e2e/deckhand.ts';

interface Told {
  position: { h: number };
  isPaused: boolean;
  timer: { startedAt: number | null; elapsed: number };
  now: number;
}

async function change({ url }: Presenting, body: unknown, path = '/api/stage'): Promise<void> {
  const headers = { 'Content-Type': 'application/json', 'X-Deckhand-Token': await readToken(url) };
  const response = await ask(url, path, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(response.ok, await response.text()).toBe(true);
}

const stageOf = async ({ url }: Presenting) => (await (await ask(url, '/api/stage')).json()) as Told;

test('a Deckhand that was killed goes on where it was; one that was ended by Ctrl+C, or told to, begins anew', async ({
  page,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-on-'));
  const deck = join(folder, 'deck.md');
  await writeFile(deck, '## One\n\n## Two\n\n## Three\n');
  const args = [deck, '--engine', 'none'];
  const first = await present(args);
  await change(first, { type: 'move', position: { h: 2, v: 0, f: -1 } });
  await change(first, { type: 'pause', isPaused: true });
  const line = { type: 'stroke', slide: 'three', by: 'me', id: 'a', colour: 'red', points: [1, 1, 9, 9] };
  await change(first, line, '/api/stage/drawing');
  for (const kind of ['stage', 'drawings'])
    await expect
      .poll(() =>
        access(join(folder, `deck.${kind}.json`)).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  await expect.poll(async () => (await stageOf(first)).isPaused).toBe(true);
  // The file is written a moment after the change.
  await expect.poll(() => readFile(join(folder, 'deck.stage.json'), 'utf8')).toContain('"isPaused":true');
  const before = await stageOf(first);
  first.process.kill('SIGKILL');
  await once(first.process, 'exit');
  const second = await present(args);
  const after = await stageOf(second);
  expect(after).toMatchObject({ position: { h: 2 }, isPaused: true });
  expect(after.now - (after.timer.startedAt ?? 0)).toBeGreaterThan(
    before.now - (before.timer.startedAt ?? 0),
  );
  // What was drawn before is in a window that comes now.
  await page.goto(second.url);
  await expect(page.locator('section.present h2')).toHaveText('Three');
  await expect(page.locator('.drawing path').first()).toBeAttached();
  await end(second.process);
  expect((await readdir(folder)).toSorted()).toEqual(['deck.drawings.json', 'deck.md']);
  const third = await present(args);
  expect(await stageOf(third)).toMatchObject({ position: { h: 0 }, isPaused: false });
  await end(third.process);
  await rm(folder, { recursive: true });
});

const placeOf = (page: Page) => page.evaluate(() => document.querySelector('.slides section.present')?.id);

test('when Deckhand comes back, the newest of what it kept and what a window has seen counts', async ({
  page,
  context,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-on-'));
  const [deck, kept] = [join(folder, 'deck.md'), join(folder, 'deck.stage.json')];
  await writeFile(deck, '## One\n\n## Two\n\n## Three\n');
  const args = [deck, '--engine', 'none'];
  const first = await present(args);
  const { port } = new URL(first.address);
  await page.goto(first.url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  await page.keyboard.press('PageDown');
  await expect.poll(() => readFile(kept, 'utf8').catch(() => '')).toContain('"h":1');
  const older = await readFile(kept, 'utf8');
  await page.keyboard.press('PageDown');
  await expect.poll(async () => (await stageOf(first)).position.h).toBe(2);
  await expect.poll(() => readFile(kept, 'utf8')).toContain('"h":2');
  // Killed before the last step was written: the window knows of it.
  first.process.kill('SIGKILL');
  await once(first.process, 'exit');
  await writeFile(kept, older);
  const second = await present(args, undefined, port);
  await expect.poll(async () => (await stageOf(second)).position.h).toBe(2);
  await expect.poll(() => placeOf(page)).toBe('three');
  // Killed once more; a window that was left on another page and comes back has seen less.
  await page.goto('about:blank');
  await change(second, { type: 'move', position: { h: 0, v: 0, f: -1 } });
  await expect.poll(() => readFile(kept, 'utf8')).toContain('"h":0');
  second.process.kill('SIGKILL');
  await once(second.process, 'exit');
  const third = await present(args, undefined, port);
  await page.goBack();
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  await expect.poll(() => placeOf(page)).toBe('one');
  const other = await context.newPage();
  await other.goto(third.url);
  await expect.poll(() => placeOf(other)).toBe('one');
  expect((await stageOf(third)).position.h).toBe(0);
  await end(third.process);
  await rm(folder, { recursive: true });
});
