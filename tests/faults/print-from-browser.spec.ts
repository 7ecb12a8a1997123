import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { deckhand, present } from '../e2e/deckhand.ts';
import { readPdf } from '../e2e/read-pdf.ts';
import { serveSite } from '../e2e/site-server.ts';
import { drawPng } from './screen-deck.ts';

const PAGES = [/^First$/, /^A stack$/, /^Below seen at last$/, /^Light$/, /^Far away$/, /^Last$/];
const DECK = `## First

# A stack

## Below

[seen at last]{.fragment}

# Light {background-color=white}

## Far away

![](far.png)

## Last
`;

let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckhand-printed-'));
  await writeFile(join(folder, 'far.png'), drawPng(40, 30));
  await writeFile(join(folder, 'deck.md'), DECK);
});

test.afterAll(() => rm(folder, { recursive: true }));

/** Presses Ctrl+P, and prints when the page asks the browser to. */
async function printByKey(page: Page, name: string): Promise<string[]> {
  await page.evaluate(() => {
    window.print = () => document.documentElement.classList.add('printer-called');
  });
  await page.keyboard.press('Control+P');
  await page.locator('html.printer-called').waitFor();
  await page.pdf({ path: join(folder, name), preferCSSPageSize: true, printBackground: true });
  return (await readPdf(join(folder, name))).pages;
}

function expectEverySlide(pages: string[]): void {
  expect(pages).toHaveLength(PAGES.length);
  for (const [i, words] of PAGES.entries()) expect(pages[i]).toMatch(words);
}

test('the browser’s own printing gets every slide, and the talk goes on after it', async ({ page }) => {
  {
    await using server = await present(['deck.md', '--engine', 'none'], folder);
    await page.goto(server.url);
    await expect(page.locator('.reveal.ready')).toBeVisible();
    expectEverySlide(await printByKey(page, 'live.pdf'));
    await expect(page.locator('html')).not.toHaveClass(/print-pdf/);
    await page.keyboard.press('PageDown');
    await expect(page.locator('section.present h1')).toHaveText('A stack');
    await page.goto(`${server.url}?print-pdf`);
    await page.locator('html[data-print-ready]').waitFor();
    await page.pdf({ path: join(folder, 'asked.pdf'), preferCSSPageSize: true });
    expectEverySlide((await readPdf(join(folder, 'asked.pdf'))).pages);
  }
  expect((await deckhand(['build', 'deck.md', '-o', 'out'], folder)).code).toBe(0);
  await using host = await serveSite(join(folder, 'out'));
  await page.addInitScript(() => {
    window.print = () => document.documentElement.classList.add('printer-called');
  });
  await page.goto(`${host.url}?print-pdf`);
  await page.locator('html.printer-called').waitFor();
  await page.pdf({ path: join(folder, 'site.pdf'), preferCSSPageSize: true });
  expectEverySlide((await readPdf(join(folder, 'site.pdf'))).pages);
});
