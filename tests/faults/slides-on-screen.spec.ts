import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { deckhand, present } from '../e2e/deckhand.ts';
import { oneLine, readPdf } from '../e2e/read-pdf.ts';
import { drawPng, SCREEN_DECK, STEPS_DECK } from './screen-deck.ts';

let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckhand-screen-'));
  await writeFile(join(folder, 'big.png'), drawPng(1600, 1200));
  await writeFile(join(folder, 'small.png'), drawPng(60, 40));
  await writeFile(join(folder, 'deck.md'), SCREEN_DECK);
  await writeFile(join(folder, 'steps.md'), STEPS_DECK);
});

test.afterAll(() => rm(folder, { recursive: true }));

/** Edges of an element in its slide's own pixels. */
async function placeOf(page: Page, selector: string) {
  const element = page.locator(`section.present ${selector}`).first();
  await expect(element).toBeVisible();
  return element.evaluate((node) => {
    const slide = node.closest('section')?.getBoundingClientRect() ?? new DOMRect();
    const box = node.getBoundingClientRect();
    const scale = slide.width / 1280;
    const [top, bottom] = [(box.top - slide.top) / scale, (box.bottom - slide.top) / scale];
    const [left, right] = [(box.left - slide.left) / scale, (box.right - slide.left) / scale];
    return { top, bottom, left, right, height: bottom - top, width: right - left };
  });
}

async function showSlide(page: Page, id: string): Promise<void> {
  for (let press = 0; press < 40; press += 1) {
    if ((await page.locator(`section.present#${id}`).count()) > 0) return;
    await page.keyboard.press('PageDown');
  }
  throw new Error(`No slide ${id}`);
}

test('slides fit on the screen: stretched pictures, long code with steps, wide tables and code, lists', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await using server = await present(['deck.md', '--engine', 'none'], folder);
  await page.goto(server.url);
  await expect(page.locator('.reveal.ready')).toBeVisible();

  await test.step('r-stretch takes what the slide has left, and no more', async () => {
    await expect.poll(async () => (await placeOf(page, 'img')).height).toBeGreaterThan(300);
    const picture = await placeOf(page, 'img');
    expect(picture.width / picture.height).toBeCloseTo(4 / 3, 1);
    expect((await placeOf(page, 'p:last-of-type')).bottom).toBeLessThan(721);
    await showSlide(page, 'small');
    await expect.poll(async () => (await placeOf(page, 'img')).height).toBeGreaterThan(500);
    for (const id of ['caption', 'raw']) {
      await showSlide(page, id);
      await expect.poll(async () => (await placeOf(page, 'img')).height).toBeGreaterThan(400);
      const last = await placeOf(page, id === 'raw' ? 'p:last-of-type' : 'figcaption');
      expect(last.bottom).toBeLessThan(721);
    }
  });

  await test.step('lit lines of long code are scrolled to', async () => {
    await showSlide(page, 'long-code');
    for (const line of ['l1 = 1', 'l40 = 40', 'l20 = 20']) {
      const block = await placeOf(page, 'pre');
      expect(block.bottom).toBeLessThan(721);
      const lit = page.locator('section.present .line:not(.dimmed)', { hasText: line }).first();
      await expect(lit).toBeInViewport({ ratio: 0.9 });
      await page.keyboard.press('PageDown');
    }
  });

  await test.step('a wide table is drawn smaller, wide code goes on below', async () => {
    await expect(page.locator('section.present')).toHaveId('wide-table');
    const table = await placeOf(page, 'table');
    expect(table.left).toBeGreaterThanOrEqual(0);
    expect(table.right).toBeLessThan(1281);
    await showSlide(page, 'wide-code');
    const wraps = await page
      .locator('section.present pre')
      .evaluate((pre) => pre.scrollWidth <= pre.clientWidth);
    expect(wraps).toBe(true);
    expect((await placeOf(page, 'pre')).height).toBeGreaterThan(90);
  });

  await test.step('lists stand below each other, tasks have boxes instead of bullets', async () => {
    await showSlide(page, 'lists');
    const first = await placeOf(page, 'ul:nth-of-type(1)');
    const second = await placeOf(page, 'ol');
    const tasks = await placeOf(page, 'ul:nth-of-type(2)');
    expect(second.top).toBeGreaterThanOrEqual(first.bottom);
    expect(tasks.top).toBeGreaterThanOrEqual(second.bottom);
    const box = await placeOf(page, 'input');
    expect(box.height).toBeGreaterThan(28);
    const item = page.locator('section.present li', { hasText: 'task' });
    await expect(item).toHaveCSS('list-style-type', 'none');
    expect((await placeOf(page, '.line-block')).height).toBeLessThan(120);
  });

  await test.step('what is written on a light slide can be read', async () => {
    await showSlide(page, 'light');
    await expect(page.locator('section.present a')).toHaveCSS('color', 'rgb(10, 88, 168)');
    await showSlide(page, 'numbers');
    const number = await page
      .locator('section.present code')
      .evaluate((code) => [getComputedStyle(code).counterReset, code.querySelectorAll('.line').length]);
    expect(number).toEqual(['source-line 6', 2]);
  });

  await test.step('r-fit-text fits where the talk is opened at its slide', async () => {
    await page.goto('about:blank');
    await page.goto(`${server.url}#/fit`);
    await expect.poll(async () => (await placeOf(page, '.r-fit-text')).width).toBeGreaterThan(1100);
  });
});

test('check --layout names tables, code and letters that don’t fit, and the PDF loses nothing of them @long', async () => {
  const finished = await deckhand(['check', '--layout', '--json', 'deck.md'], folder);
  const { diagnostics } = JSON.parse(finished.stdout) as { diagnostics: { code: string; line: number }[] };
  const found = diagnostics.filter(({ code }) => /overflows|too-wide|glyphs/.test(code));
  const lineOf = (heading: string) => SCREEN_DECK.split('\n').indexOf(heading) + 1;
  expect(found).toMatchObject([
    { code: 'table-too-wide', line: lineOf('## Wide table') },
    { code: 'code-too-wide', line: lineOf('## Wide code') },
  ]);
  await writeFile(join(folder, 'letters.md'), '## Letters\n\nplain é α й → \u{16A00}\n');
  const letters = await deckhand(['pdf', 'letters.md', '-o', 'letters.pdf'], folder);
  expect(letters.stderr).toBe(
    '  slide 1, "Letters": no font here has \u{16A00} (U+16A00); a box is printed instead\n',
  );
  expect((await deckhand(['pdf', 'deck.md', '-o', 'deck.pdf', '--range', '6-8'], folder)).stderr).toBe('');
  const [code = '', table = '', wide = ''] = (await readPdf(join(folder, 'deck.pdf'))).pages;
  expect(code).toContain('l40 = 40');
  for (let column = 0; column < 9; column += 1)
    expect(table.replaceAll(' ', '')).toContain(`unbreakablewordnumber${column}`);
  expect(wide).toContain("'echo hello'");
});

test('the PDF with steps has the pages that the screen has presses, in the same order', async ({ page }) => {
  await using server = await present(['steps.md', '--engine', 'none'], folder);
  await page.goto(server.url);
  await expect(page.locator('.reveal.ready')).toBeVisible();
  const shown: string[] = [];
  for (let press = 0; press < 60; press += 1) {
    shown.push(await readScreen(page));
    const before = await stepOf(page);
    await page.keyboard.press('PageDown');
    const after = await stepOf(page);
    if (after === before) break;
  }
  const finished = await deckhand(['pdf', 'steps.md', '--steps', '-o', 'steps.pdf'], folder);
  expect(finished.stderr).toBe('');
  const { pages } = await readPdf(join(folder, 'steps.pdf'));
  expect(shown.length).toBeGreaterThan(20);
  expect(pages.map(withoutMarks)).toEqual(shown.map(withoutMarks));
});

function stepOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const slide = document.querySelector('section.present');
    return `${slide?.id} ${slide?.querySelectorAll('.fragment.visible').length}`;
  });
}

/** The words that can be seen on the slide; what is see-through is not there. */
function readScreen(page: Page): Promise<string> {
  return page.evaluate(() => {
    const slide = document.querySelector<HTMLElement>('section.present');
    const words: string[] = [];
    const walker = document.createTreeWalker(slide ?? document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const fragments = ancestors(node.parentElement, '.fragment');
      const isGone = fragments.some((one) => {
        const [isVisible, isCurrent] = ['visible', 'current-fragment'].map((name) =>
          one.classList.contains(name),
        );
        if (one.classList.contains('fade-out')) return isVisible;
        if (one.classList.contains('current-visible')) return isVisible !== true || isCurrent !== true;
        return isVisible !== true;
      });
      if (!isGone) words.push(node.nodeValue ?? '');
    }
    return words.join(' ');

    function ancestors(from: Element | null, selector: string): Element[] {
      const found = from?.closest(selector) ?? null;
      return found === null ? [] : [found, ...ancestors(found.parentElement, selector)];
    }
  });
}

function withoutMarks(text: string): string {
  return oneLine(text.replaceAll(/[•\d]/g, '').replaceAll(/\s/g, ' '));
}
