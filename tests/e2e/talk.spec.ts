import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { isFault, present, ROOT } from './deckhand.ts';

/** Presses Next until the talk ends; returns what each slide says when all its steps are shown. */
async function walk(page: Page): Promise<string[]> {
  const seen: string[] = [];
  for (let press = 0; press < 200; press += 1) {
    const at = await page.evaluate(() => {
      const slide = document.querySelector<HTMLElement>('.reveal .slides section.present');
      const isWhole = slide?.querySelector('.fragment:not(.visible)') === null;
      const said = slide?.cloneNode(true) as HTMLElement | undefined;
      for (const notes of said?.querySelectorAll('aside') ?? []) notes.remove();
      return { text: said?.textContent ?? '', isWhole };
    });
    if (at.isWhole) seen.push(at.text.replace(/\s+/g, ' ').trim());
    const before = JSON.stringify(await page.evaluate(stateOfDeck));
    await page.keyboard.press('PageDown');
    const moved = await expect
      .poll(async () => JSON.stringify(await page.evaluate(stateOfDeck)), { timeout: 800, intervals: [20] })
      .not.toBe(before)
      .then(
        () => true,
        () => undefined,
      );
    if (moved === undefined) return seen;
  }
  throw new Error('The talk does not end');
}

/** What a person would see change: which slide shows, and how many of its steps. */
function stateOfDeck(): number[] {
  const slides = [...document.querySelectorAll('.reveal .slides section:not(.stack)')];
  const shown = slides.findIndex((slide) => slide.classList.contains('present'));
  return [shown, document.querySelectorAll('section.present .fragment.visible').length];
}

test('the whole talk can be walked by keyboard, complete and in order, without a request to anywhere else', async ({
  page,
}) => {
  await using talk = await present([]);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => isFault(message) && problems.push(message.text()));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== 'data:' && hostname !== 'localhost') problems.push(`request to ${request.url()}`);
  });
  await page.goto(talk.url);
  await expect(page.locator('section.present h1')).toHaveText('Docker + Python: How To Get There?');
  const seen = await walk(page);
  const source = await readFile(join(ROOT, 'slides/talk.md'), 'utf8');
  const headings = [...source.matchAll(/^##+ ([^{\n]+)/gm)].map((match) => plain(match[1] ?? ''));
  const said = seen.join(' | ');
  let from = 0;
  for (const heading of headings) {
    const at = said.indexOf(heading, from);
    expect(at, `"${heading}" in its place`).toBeGreaterThanOrEqual(0);
    from = at;
  }
  expect(said).toContain('Twitter @Av4t4r');
  expect(said).toContain('No more “but it works on my machine!”');
  expect(problems).toEqual([]);
});

/** A heading as it reads on the slide. */
function plain(markdown: string): string {
  return markdown.trim().replaceAll("'", '’').replaceAll('...', '…');
}

test('overview, pause, help and search are where reveal.js has them', async ({ page }) => {
  await using talk = await present([]);
  await page.goto(talk.url);
  const deck = page.locator('.reveal');
  await expect(deck).toHaveClass(/ready/);
  await page.keyboard.press('o');
  await expect(deck).toHaveClass(/overview/);
  await page.keyboard.press('o');
  await expect(deck).not.toHaveClass(/overview/);
  await page.keyboard.press('b');
  await expect(deck).toHaveClass(/paused/);
  await page.keyboard.press('b');
  await expect(deck).not.toHaveClass(/paused/);
  await page.keyboard.press('Shift+Slash');
  await expect(page.locator('.r-overlay-help')).toContainText('Run the demo');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+Shift+F');
  await expect(page.locator('.searchbox')).toBeVisible();
});

test('a link to a slide opens that slide', async ({ page }) => {
  await using talk = await present([]);
  await page.goto(`${talk.url}#/why-docker`);
  await expect(page.locator('section.present h2')).toHaveText('Why Docker?');
});
