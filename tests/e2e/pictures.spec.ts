import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { expect, test } from '@playwright/test';
import { copyTalk, deckhand } from './deckhand.ts';
import { PAPER_DECK } from './paper-deck.ts';
import { readPdf } from './read-pdf.ts';

async function readPng(...path: string[]): Promise<PNG> {
  return PNG.sync.read(await readFile(join(...path)));
}

test('deckhand png writes a picture of each slide, a contact sheet and a preview for social media', async () => {
  await using talk = await copyTalk();
  await writeFile(talk.deck, PAPER_DECK);
  const finished = await deckhand(['png', talk.deck, '-o', 'out', '--width', '640'], talk.folder);
  expect(finished.stderr).toBe('');
  const names = (await readdir(join(talk.folder, 'out'))).toSorted();
  const slides = Array.from({ length: 13 }, (_, i) => `${String(i + 1).padStart(2, '0')}.png`);
  expect(names).toEqual([...slides, 'contact-sheet.png', 'social.png']);
  const links = await readPng(talk.folder, 'out/02.png');
  expect([links.width, links.height]).toEqual([640, 360]);
  // The slide's own ground, not the deck's: pictures are of the slides that they are named after.
  expect([...links.data.subarray(0, 3)]).toEqual([0xf5, 0xe9, 0xc8]);
  const social = await readPng(talk.folder, 'out/social.png');
  expect([social.width, social.height]).toEqual([1200, 630]);
  const sheet = await readPng(talk.folder, 'out/contact-sheet.png');
  expect(sheet.width).toBeGreaterThan(5 * 384);
  expect(sheet.height).toBeGreaterThan(3 * 216);
});

test('one slide goes into one file', async () => {
  await using talk = await copyTalk();
  await writeFile(talk.deck, PAPER_DECK);
  const args = ['png', talk.deck, '--slide', '2', '-o', 'two.png', '--width', '320'];
  expect((await deckhand(args, talk.folder)).code).toBe(0);
  const picture = await readPng(talk.folder, 'two.png');
  expect([picture.width, ...picture.data.subarray(0, 3)]).toEqual([320, 0xf5, 0xe9, 0xc8]);
  for (const [slide, words] of [
    ['99', 'No slide of the deck is in that range'],
    ['x', '"x" is not a slide'],
  ] as const) {
    const finished = await deckhand(['png', talk.deck, '--slide', slide, '-o', 'x.png'], talk.folder);
    expect(finished.code).toBe(1);
    expect(finished.stderr).toContain(words);
  }
  expect(await readdir(talk.folder)).not.toContain('x.png');
});

test.describe('deckhand notes', () => {
  test('writes the script as Markdown, with the slides in a folder beside it', async () => {
    await using talk = await copyTalk();
    await writeFile(talk.deck, PAPER_DECK);
    const finished = await deckhand(['notes', talk.deck, '-o', 'script.md'], talk.folder);
    expect(finished.stdout).toContain('1 of 13 slides have notes');
    const text = await readFile(join(talk.folder, 'script.md'), 'utf8');
    expect(text).toContain(
      '## 9. Twice\n\n![Slide 9](script-slides/09.jpg)\n\nSay *this*.\n\n- and\n- that\n',
    );
    expect(await readdir(join(talk.folder, 'script-slides'))).toHaveLength(13);
  });

  test('writes it as one HTML file that loads nothing, and as a PDF @long', async ({ page }) => {
    await using talk = await copyTalk();
    await writeFile(talk.deck, PAPER_DECK);
    expect((await deckhand(['notes', talk.deck, '-o', 'script.html'], talk.folder)).code).toBe(0);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`file://${talk.folder}/script.html`);
    await expect(page.locator('article')).toHaveCount(13);
    const ninth = page.locator('article').nth(8);
    await expect(ninth.locator('.notes')).toContainText('Say this.');
    expect(await ninth.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(960);
    expect(asked.filter((url) => !url.startsWith('data:'))).toHaveLength(1);

    expect((await deckhand(['notes', talk.deck, '-o', 'script.pdf'], talk.folder)).code).toBe(0);
    const pdf = await readPdf(join(talk.folder, 'script.pdf'));
    expect(pdf.pages.join(' ')).toContain('Say this.');
    expect(pdf.outline.map(({ title }) => title)).toContain('9 Twice');
    expect(pdf.info['title']).toBe('A deck & its paper');
  });

  test('names the files that it can write', async () => {
    const finished = await deckhand(['notes', '-o', 'notes.docx']);
    expect(finished.code).toBe(1);
    expect(finished.stderr).toContain('.md, .html or .pdf');
  });
});
