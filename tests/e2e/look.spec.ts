import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { THEMES } from '../../src/deck/themes.ts';
import { faultsOf } from './axe.ts';
import { copyTalk, deckhand, present } from './deckhand.ts';

const SLIDES = '# A deck\n\n## Second {.statement}\n';

function look(page: Page): Promise<{ ground: string; heading: string; align: string }> {
  return page.evaluate(() => {
    const heading = getComputedStyle(document.querySelector('.slides h1') ?? document.body);
    const slide = getComputedStyle(document.querySelector('.slides section section') ?? document.body);
    return {
      ground: getComputedStyle(document.body).backgroundColor,
      heading: heading.fontFamily,
      align: slide.textAlign,
    };
  });
}

test("a deck in reveal.js's solarized, with a style sheet of its own, changes when either is saved", async ({
  page,
}) => {
  await using talk = await copyTalk();
  await writeFile(join(talk.folder, 'slides/own.css'), '.reveal .slides section { text-align: left }');
  await writeFile(talk.deck, `---\ntheme: solarized\ncss: own.css\n---\n\n${SLIDES}`);
  await using server = await present([talk.deck, '--engine', 'none'], talk.folder);
  await page.goto(server.url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  expect(await look(page)).toEqual({
    ground: 'rgb(253, 246, 227)',
    heading: '"League Gothic", Impact, sans-serif',
    align: 'left',
  });
  await writeFile(join(talk.folder, 'slides/own.css'), '.reveal .slides section { text-align: right }');
  await expect.poll(async () => (await look(page)).align).toBe('right');
  await writeFile(talk.deck, `---\ntheme: light\ncss: own.css\n---\n\n${SLIDES}`);
  await expect.poll(async () => (await look(page)).ground).toBe('rgb(250, 251, 253)');
});

test('theme: auto is light or dark as the browser is set', async ({ page }) => {
  await using talk = await copyTalk();
  await writeFile(talk.deck, `---\ntheme: auto\n---\n\n${SLIDES}`);
  await using server = await present([talk.deck, '--engine', 'none'], talk.folder);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(server.url);
  expect((await look(page)).ground).toBe('rgb(250, 251, 253)');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect((await look(page)).ground).toBe('rgb(11, 16, 32)');
});

test('Y shows the other theme on every screen of the speaker, and Y again the deck’s own', async ({
  page,
  context,
}) => {
  await using talk = await copyTalk();
  await writeFile(talk.deck, `---\ntheme: solarized\ntheme-projector: black\n---\n\n${SLIDES}`);
  await using server = await present([talk.deck, '--engine', 'none'], talk.folder);
  await page.goto(server.url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  const second = await context.newPage();
  await second.goto(server.url);
  await page.bringToFront();
  await page.keyboard.press('y');
  for (const screen of [page, second])
    await expect.poll(async () => (await look(screen)).ground).toBe('rgb(25, 25, 25)');
  await page.reload();
  await expect.poll(async () => (await look(page)).ground).toBe('rgb(25, 25, 25)');
  await page.keyboard.press('y');
  for (const screen of [page, second])
    await expect.poll(async () => (await look(screen)).ground).toBe('rgb(253, 246, 227)');
});

test('a published deck looks as it does on stage, as a folder and as one file', async ({ page }) => {
  await using talk = await copyTalk();
  await writeFile(join(talk.folder, 'slides/own.css'), '.reveal .slides section { text-align: left }');
  await writeFile(talk.deck, `---\ntheme: solarized\ncss: own.css\n---\n\n${SLIDES}`);
  expect((await deckhand(['build', talk.deck, '-o', 'site'], talk.folder)).code).toBe(0);
  expect((await deckhand(['build', talk.deck, '--single-file', '-o', 'one.html'], talk.folder)).code).toBe(0);
  for (const file of ['site/index.html', 'one.html']) {
    await page.goto(pathToFileURL(join(talk.folder, file)).href);
    await expect(page.locator('.reveal')).toHaveClass(/ready/);
    expect(await look(page)).toMatchObject({ ground: 'rgb(253, 246, 227)', align: 'left' });
    expect((await look(page)).heading).toContain('League Gothic');
  }
});

test('deckhand themes writes a picture of the deck in each theme @long', async () => {
  await using talk = await copyTalk();
  await writeFile(talk.deck, SLIDES);
  const finished = await deckhand(['themes', talk.deck, '-o', 'looks'], talk.folder);
  expect(finished.stderr).toBe('');
  const names = Object.keys(THEMES).filter((name) => name !== 'auto');
  expect(await readdir(join(talk.folder, 'looks'))).toEqual(names.map((name) => `${name}.png`).toSorted());
});

test('a slide that asks for it is drawn as small as it takes, on screen and paper; another is left as it is', async ({
  page,
}) => {
  await using talk = await copyTalk();
  const list = Array.from({ length: 25 }, (_, i) => `- Point ${i}`).join('\n');
  await writeFile(talk.deck, `## Small {fit=shrink}\n\n${list}\n\n## As it is\n\n${list}\n`);
  await using server = await present([talk.deck, '--engine', 'none'], talk.folder);
  await page.goto(server.url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  const overflow = () =>
    page.locator('section.present').evaluate((slide) => slide.scrollHeight - slide.clientHeight);
  await expect.poll(overflow).toBeLessThanOrEqual(1);
  await expect(page.getByText('Point 24').first()).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('PageDown');
  await expect(page.locator('section.present h2')).toHaveText('As it is');
  expect(await overflow()).toBeGreaterThan(100);
  const checked = await deckhand(['check', '--layout', talk.deck], talk.folder);
  expect(checked.stdout + checked.stderr).toMatch(/:1:1: warning: slide-shrunk: .*"Small"/);
  expect(checked.stdout + checked.stderr).toMatch(/:29:1: error: slide-overflows: .*"As it is"/);
});

test('a link with .qr is a code that phones read, and changes with a save', async ({ page }) => {
  await using talk = await copyTalk();
  const slide = (address: string) => `## Take it home\n\n[the slides](${address}){.qr}\n`;
  await writeFile(talk.deck, slide('https://example.org/a'));
  await using server = await present([talk.deck, '--engine', 'none'], talk.folder);
  await page.goto(server.url);
  const code = page.locator('a.qr .qr-code');
  await expect(code).toHaveAttribute('alt', 'QR code: https://example.org/a');
  await expect.poll(() => code.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(20);
  await writeFile(talk.deck, slide('https://example.org/other'));
  await expect(code).toHaveAttribute('alt', 'QR code: https://example.org/other');
  await expect(page.locator('a.qr')).toContainText('the slides');
  // To a phone the laptop's own addresses lead nowhere.
  await writeFile(talk.deck, slide('#/take-it-home'));
  await expect(page.locator('a.qr')).toHaveAttribute('href', '#/take-it-home');
  await expect(code).toHaveCount(0);
  // What no code can hold stays a link.
  await writeFile(talk.deck, slide(`https://example.org/${'x'.repeat(5000)}`));
  await expect(code).toHaveCount(0);
  await expect(page.locator('a.qr')).toContainText('the slides');
});

test('axe finds nothing in the light theme: code, panels played, editor, terminal and speaker view', async ({
  page,
  context,
}) => {
  await using talk = await copyTalk();
  const text = await readFile(talk.deck, 'utf8');
  await writeFile(talk.deck, text.replace(/^---\n/, '---\ntheme: light\n'));
  await using server = await present([talk.deck, '--engine', 'none'], talk.folder);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(server.url);
  for (const id of ['section', 'see-for-yourself', 'lets-run-it', 'change-it-while-it-runs']) {
    await page.evaluate((to) => (location.hash = `#/${to}`), id);
    await expect(page.locator('section.present')).toHaveAttribute('id', id);
    if ((await page.locator('section.present .demo').count()) > 0) {
      await page.keyboard.press('e');
      await expect(page.locator('section.present .badge')).toContainText('RECORDED');
      await page.keyboard.press('t');
    }
    expect(await faultsOf(page)).toEqual([]);
  }
  await expect(page.locator('section.present .cm-content')).toContainText('def welcome');
  const editor = page.locator('section.present .cm-editor');
  await expect(editor).toHaveCSS('background-color', 'rgb(247, 249, 252)');
  const speaker = await context.newPage();
  await speaker.goto(new URL('/speaker', server.url).href);
  await expect(speaker.locator('body')).toHaveCSS('background-color', 'rgb(244, 246, 251)');
  expect(await faultsOf(speaker)).toEqual([]);
});
