import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { end, present, PROGRAM } from '../e2e/deckhand.ts';

const placeOf = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll('.slides section.present')].at(-1)?.id);

async function openReady(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
}

async function withDeck(text: string): Promise<{ deck: string; folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-stage-'));
  const deck = join(folder, 'deck.md');
  await writeFile(deck, text);
  return { deck, folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

const SECTIONS = '# A\n\n## A1\n\n## A2\n\n# B\n\n## B1\n';

test('the next key is the next step, down a section and up to its title, whichever key a clicker sends', async ({
  page,
}) => {
  await using files = await withDeck(SECTIONS);
  await using talk = await present(['--engine', 'none', files.deck], files.folder);
  await openReady(page, talk.url);
  for (const [key, places] of [
    ['ArrowRight', ['a1', 'a2', 'b', 'b1']],
    ['ArrowLeft', ['b', 'a2', 'a1', 'a']],
    ['PageDown', ['a1', 'a2', 'b', 'b1']],
  ] as const) {
    for (const place of places) {
      await page.keyboard.press(key);
      await expect.poll(() => placeOf(page)).toBe(place);
    }
  }
  // A section that was left in its middle is entered at its title.
  await page.keyboard.press('Home');
  await expect.poll(() => placeOf(page)).toBe('a');
  for (const place of ['a1', 'a2', 'b']) {
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => placeOf(page)).toBe(place);
  }
});

test('presses that nobody answers count once and stay', async ({ page, browser }) => {
  await using files = await withDeck('# One\n\n# Two\n\n# Three\n\n# Four\n\n# Five\n\n# Six\n');
  await using talk = await present(['--engine', 'none', files.deck], files.folder);
  await openReady(page, talk.url);
  await page.keyboard.press('PageDown');
  const other = await (await browser.newContext()).newPage();
  await openReady(other, talk.url);
  await expect.poll(() => placeOf(other)).toBe('two');
  await page.context().setOffline(true);
  for (const place of ['three', 'four', 'five']) {
    await page.keyboard.press('PageDown');
    await expect.poll(() => placeOf(page)).toBe(place);
  }
  await page.waitForTimeout(3000);
  expect(await placeOf(page)).toBe('five');
  await page.context().setOffline(false);
  await expect.poll(() => placeOf(other)).toBe('five');
  expect(await placeOf(page)).toBe('five');
  await other.context().close();
});

test('a press that nobody answers gives way to a later move on another screen, wherever that one led', async ({
  page,
  browser,
}) => {
  await using files = await withDeck('# One\n\n# Two\n\n# Three\n\n# Four\n');
  await using talk = await present(['--engine', 'none', files.deck], files.folder);
  await openReady(page, talk.url);
  const other = await (await browser.newContext()).newPage();
  await openReady(other, talk.url);
  for (const place of ['two', 'three']) {
    await page.keyboard.press('PageDown');
    await expect.poll(() => placeOf(other)).toBe(place);
  }
  await page.context().setOffline(true);
  await page.keyboard.press('PageDown');
  await expect.poll(() => placeOf(page)).toBe('four');
  // Where the first screen has been already.
  await other.keyboard.press('PageUp');
  await expect.poll(() => placeOf(other)).toBe('two');
  await page.context().setOffline(false);
  await expect.poll(() => placeOf(page)).toBe('two');
  await page.waitForTimeout(1500);
  expect(await placeOf(other)).toBe('two');
  await other.context().close();
});

test('screens say within ten seconds that a Deckhand stands still, and go on when it does', async ({
  page,
  context,
}) => {
  await using talk = await present(['--engine', 'none']);
  await openReady(page, talk.url);
  const speaker = await context.newPage();
  await speaker.goto(`${talk.url}speaker`);
  await expect(speaker.locator('.bar')).toBeVisible();
  talk.process.kill('SIGSTOP');
  try {
    const stopped = Date.now();
    await expect(page.locator('.messages')).toContainText('does not answer');
    await expect(speaker.locator('.bar')).toContainText('does not answer');
    expect(Date.now() - stopped).toBeLessThan(11_000);
    await page.bringToFront();
    await page.keyboard.press('PageDown');
    await expect.poll(() => placeOf(page)).toBe('about-me');
  } finally {
    talk.process.kill('SIGCONT');
  }
  await expect(page.locator('.messages')).not.toContainText('does not answer');
  await expect(speaker.locator('.bar')).not.toContainText('does not answer');
  await expect.poll(async () => placeOf(page)).toBe('about-me');
  const state = (await (await page.request.get(`${talk.url}api/stage`)).json()) as {
    position: { h: number };
  };
  expect(state.position.h).toBe(1);
});

/** Puts the clock of a process back by an hour at SIGUSR2: as the system's would be, for all that asks it. */
const CLOCK = `data:text/javascript,${encodeURIComponent(
  'const now = Date.now.bind(Date); let shift = 0; Date.now = () => now() + shift;' +
    'process.on("SIGUSR2", () => { shift = -3600000; console.log("clock put back"); });',
)}`;

test('a clock that is put back an hour leaves the timer as it is', async ({ page, context }) => {
  await context.addInitScript(() => {
    const now = Date.now.bind(Date);
    const shifted = { by: 0 };
    Date.now = () => now() + shifted.by;
    Object.defineProperty(globalThis, 'putClockBack', { value: () => (shifted.by = -3_600_000) });
  });
  const options = [
    '--import',
    CLOCK,
    PROGRAM,
    'present',
    '--no-open',
    '--no-record',
    '--port',
    '0',
    '--engine',
    'none',
  ];
  const child = spawn(process.execPath, options);
  const heard = async (pattern: RegExp) => {
    let output = '';
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      output += String(chunk);
      const found = pattern.exec(output);
      if (found !== null) return found[0];
    }
    throw new Error(output);
  };
  const url = await heard(/http:\/\/localhost:\d+\/\S*/);
  await openReady(page, url);
  await page.keyboard.press('PageDown');
  await page.goto(`${new URL(url).origin}/speaker`);
  const timer = page.locator('.timer').first();
  await expect(timer).toContainText(/0:0[1-9]/);
  const read = async () => Number(/(\d+):(\d+)/.exec((await timer.textContent()) ?? '')?.[2]);
  const before = await read();
  child.kill('SIGUSR2');
  await heard(/clock put back/);
  await page.evaluate(() => (globalThis as unknown as { putClockBack(): void }).putClockBack());
  // Told by the server's clock once more.
  await page.keyboard.press('PageDown');
  await expect.poll(read).toBeGreaterThan(before + 1);
  await end(child);
});
