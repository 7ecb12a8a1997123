import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { deckhand, present } from '../e2e/deckhand.ts';

const PICTURE = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
const WORDS = [
  'body',
  'head',
  'forms',
  'documentElement',
  'getElementById',
  'querySelector',
  'querySelectorAll',
  'createElement',
  'createTreeWalker',
  'addEventListener',
  'activeElement',
  'defaultView',
  'fonts',
  'currentScript',
  'title',
];

/** Slides that take every name which a page may need, first by their headings, then by what stands on them. */
const DECK = `
# Page data

first

# Page files

# Deck

# Speaker

# Constructor

# Process

# Module

# \`toString\` {#toString}

# \`__proto__\` {#__proto__}

# Lit {#litHtmlVersions}

# Named

${WORDS.map((word) => `<img name="${word}" src="${PICTURE}" alt=""><form name="${word}"></form>`).join('\n')}

<form><input name="parentNode"><input name="children"><input id="querySelectorAll"></form>

# Leading away

<meta http-equiv="refresh" content="0;url=about:blank">
<META/http-equiv=refresh content='0;url=about:blank'>
<base href="https://elsewhere.example/">

::: notes
Notes <img name="body" src="${PICTURE}" alt=""> \`<meta http-equiv="refresh" content="0;url=about:blank">\`{=html}

:::

# Last

The end.
`;

async function walk(page: Page): Promise<string[]> {
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  const seen: string[] = [];
  for (let slide = 0; slide < 20; slide += 1) {
    const id = String(
      await page.evaluate(
        () => [...document.getElementsByClassName('present')].find((one) => one.id !== '')?.id,
      ),
    );
    seen.push(id);
    if (id === 'last') break;
    await page.keyboard.press('PageDown');
    await page.waitForFunction(
      (before) => [...document.getElementsByClassName('present')].find((one) => one.id !== '')?.id !== before,
      id,
    );
  }
  return seen;
}

test('a deck that takes the names which its page needs is presented, live and published', async ({
  context,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-names-'));
  const deck = join(folder, 'deck.md');
  const errors: string[] = [];
  context.on('weberror', (error) => errors.push(error.error().message));
  await writeFile(deck, DECK);
  await using talk = await present(['--engine', 'none', deck], folder);
  const page = await context.newPage();
  await page.goto(talk.url);
  const ids = await walk(page);
  expect(ids).toHaveLength(13);
  expect(ids.slice(0, 2)).toEqual(['page-data', 'page-files']);
  expect(page.url()).toContain(new URL(talk.url).origin);
  // The speaker view, with its notes.
  const speaker = await context.newPage();
  await speaker.goto(`${talk.url}speaker`);
  await expect(speaker.locator('.count, .bar').first()).toBeVisible();
  await page.bringToFront();
  await page.keyboard.press('PageUp');
  await expect(speaker.locator('.notes')).toContainText('Notes');
  // A save that brings them.
  await writeFile(deck, DECK.replace('first', `changed <img name="body" src="${PICTURE}" alt="">`));
  await page.keyboard.press('Home');
  await expect(page.locator('#page-data.present, .present #page-data').first()).toContainText('changed');
  await expect(speaker).toHaveURL(new RegExp('/speaker$'));
  // One file, and its own speaker view.
  const single = join(folder, 'one.html');
  expect((await deckhand(['build', deck, '--single-file', '-o', single], folder)).code).toBe(0);
  const whole = await context.newPage();
  await whole.goto(pathToFileURL(single).href);
  expect((await walk(whole)).slice(0, 2)).toEqual(['page-data', 'page-files']);
  expect(errors).toEqual([]);
  await rm(folder, { recursive: true });
});

test('what is drawn on slides with such names, and how long they took, is kept', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-names-'));
  const deck = join(folder, 'deck.md');
  await writeFile(deck, '# Constructor\n\n# B {#toString}\n\n# C {#__proto__}\n\n# D\n');
  await using talk = await present(['--engine', 'none', deck], folder);
  await page.goto(talk.url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  // The first step starts the timer.
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('d');
  await expect(page.locator('.tool-surface')).toBeVisible();
  for (let slide = 0; slide < 3; slide += 1) {
    await page.mouse.move(300, 300);
    await page.mouse.down();
    await page.mouse.move(600, 400, { steps: 5 });
    await page.mouse.up();
    await expect(page.locator('.drawing path')).not.toHaveCount(0);
    await page.keyboard.press('PageDown');
  }
  const readTimes = () =>
    page.evaluate(
      () =>
        new Promise<[string, number][]>((resolve) => {
          const source = new EventSource('/api/stage/events');
          source.addEventListener('times', ({ data }) => {
            source.close();
            resolve(Object.entries(JSON.parse(String(data)) as Record<string, number>));
          });
        }),
    );
  await expect
    .poll(async () => (await readTimes()).map(([name]) => name).toSorted())
    .toEqual(['__proto__', 'constructor', 'toString']);
  const times = await readTimes();
  for (const [, ms] of times) expect(ms).toBeGreaterThan(0);
  await rm(folder, { recursive: true });
});
