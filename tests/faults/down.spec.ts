import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { present } from '../e2e/deckhand.ts';

const placeOf = (page: Page) => page.evaluate(() => document.querySelector('.slides section.present')?.id);

/** Resolves when the worker that answers in Deckhand's place is there. */
async function expectWorker(page: Page): Promise<void> {
  const state = () => page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
  await expect.poll(state).toBe('activated');
}

test('a window that is loaded while Deckhand is down says so, and comes back at its slide', async ({
  page,
  context,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-down-'));
  const deck = join(folder, 'deck.md');
  await writeFile(deck, '## One\n\n## Two\n\n## Three\n');
  const args = [deck, '--engine', 'none'];
  const first = await present(args);
  await page.goto(first.url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  await expectWorker(page);
  await page.keyboard.press('PageDown');
  await expect.poll(() => placeOf(page)).toBe('two');
  // While it answers, its worker changes nothing: not what an address means, not whose hand it was.
  const other = await context.newPage();
  await other.goto(`${first.address}#/three`);
  await expect.poll(() => placeOf(page)).toBe('three');
  await other.goto(first.address);
  await expect.poll(() => placeOf(other)).toBe('three');
  await other.close();
  // Where the talk is gets kept some times a second.
  await expect.poll(() => readFile(join(folder, 'deck.stage.json'), 'utf8')).toContain('three');
  first.process.kill('SIGKILL');
  await once(first.process, 'exit');
  await page.reload();
  await expect(page.getByRole('heading')).toHaveText('Deckhand does not answer');
  const newWindow = await context.newPage();
  await newWindow.goto(first.address);
  await expect(newWindow.getByRole('heading')).toHaveText('Deckhand does not answer');
  await using again = await present(args, undefined, new URL(first.address).port);
  for (const one of [page, newWindow]) {
    await expect(one.locator('.reveal')).toHaveClass(/ready/);
    await expect.poll(() => placeOf(one)).toBe('three');
  }
  const stage = (await (await page.request.get(`${again.url}api/stage`)).json()) as {
    position: { h: number };
  };
  expect(stage.position.h).toBe(2);
  await rm(folder, { recursive: true });
});
