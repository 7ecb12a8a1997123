import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Frame, type Page } from '@playwright/test';
import { deckhand, present, slideIsStill } from '../e2e/deckhand.ts';

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/p6n2tgAAAABJRU5ErkJggg==',
  'base64',
);

/** Three seconds of a tone: 8 bits, 8000 times a second. */
function tone(): Buffer {
  const samples = Buffer.from(Array.from({ length: 24_000 }, (_, i) => 128 + 60 * Math.sin(i / 3)));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

const FRAME = '<!doctype html><body><p>A page in a slide</p><input></body>';

async function makeDeck(markdown: string): Promise<{ folder: string; deck: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-speaker-'));
  const deck = join(folder, 'deck.md');
  await Promise.all([
    writeFile(deck, markdown),
    writeFile(join(folder, 'x.png'), PICTURE),
    writeFile(join(folder, 'tone.wav'), tone()),
    writeFile(join(folder, 'frame.html'), FRAME),
  ]);
  return { folder, deck, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

interface Windows {
  deck: Page;
  speaker: Page;
  current: Frame;
  next: Frame;
}

/** The deck and, by its key, the speaker view, in which somebody has clicked: browsers let it play sound from then on. */
async function open(context: BrowserContext, url: string): Promise<Windows> {
  const deck = await context.newPage();
  await deck.goto(url);
  await expect(deck.locator('.reveal')).toHaveClass(/ready/);
  const [speaker] = await Promise.all([context.waitForEvent('page'), deck.keyboard.press('s')]);
  await expect(speaker.frameLocator('iframe.current').locator('.reveal.ready')).toBeVisible();
  await expect(speaker.frameLocator('iframe.next').locator('.reveal.ready')).toBeVisible();
  await speaker.locator('.notes-text').click();
  const [current, next] = ['current', 'next'].map((mirror) =>
    speaker.frames().find((frame) => frame.url().includes(`mirror=${mirror}`)),
  );
  if (current === undefined || next === undefined) throw new Error('a mirror is missing');
  return { deck, speaker, current, next };
}

/** Of the videos and sounds of a window: how many play, and how many of these are heard. */
function playing(frame: Frame | Page): Promise<{ plays: number; sounds: number }> {
  return frame.evaluate(() => {
    const plays = [...document.querySelectorAll<HTMLMediaElement>('video, audio')].filter(
      (one) => !one.paused,
    );
    return { plays: plays.length, sounds: plays.filter((one) => !one.muted).length };
  });
}

const goTo = (deck: Page, slide: string) => deck.evaluate((id) => void (location.hash = `#/${id}`), slide);

const MEDIA_DECK = `## Start

<video src="tone.wav" autoplay loop muted style="width:40px"></video>

## Quiet

## Media {background-video="tone.wav" background-video-loop=true}

<video data-src="tone.wav" data-autoplay loop controls></video>

<audio data-autoplay loop src="tone.wav"></audio>

## Native

<video src="tone.wav" autoplay loop muted style="width:40px"></video>

<iframe src="frame.html" width="300" height="200"></iframe>

## End
`;

test('what a slide plays is heard in the deck’s own window only, and not before it shows', async ({
  context,
}) => {
  await using made = await makeDeck(MEDIA_DECK);
  await using talk = await present([made.deck, '--engine', 'none']);
  const { deck, current, next } = await open(context, talk.url);
  // A browser's own autoplay: the slide that shows, and no other.
  await expect.poll(() => playing(deck)).toEqual({ plays: 1, sounds: 0 });
  await goTo(deck, 'quiet');
  await expect(next.locator('section.present h2')).toHaveText('Media');
  // The next slide's sounds are loaded there: they could play.
  await next.waitForFunction(
    () => document.querySelector<HTMLMediaElement>('section.present audio')?.readyState === 4,
  );
  await next.evaluate(async () => {
    await document
      .querySelector<HTMLMediaElement>('section.present audio')
      ?.play()
      .catch(() => {});
  });
  for (const window of [deck, current, next])
    await expect.poll(() => playing(window)).toEqual({ plays: 0, sounds: 0 });
  await goTo(deck, 'media');
  await expect.poll(() => playing(deck)).toEqual({ plays: 3, sounds: 3 });
  await expect.poll(async () => (await playing(current)).plays).toBeGreaterThan(0);
  // Nor after somebody has turned it up there.
  await current.evaluate(() => {
    for (const one of document.querySelectorAll<HTMLMediaElement>('video, audio')) one.muted = false;
  });
  await expect.poll(async () => (await playing(current)).sounds).toBe(0);
  // A page in the next slide could play as well: it isn't there.
  await expect(next.locator('section.present h2')).toHaveText('Native');
  expect(await next.evaluate(() => [...document.querySelectorAll('iframe')].map(({ src }) => src))).toEqual([
    '',
  ]);
  expect(await playing(next)).toEqual({ plays: 0, sounds: 0 });
  // A save brings media that are held back in the same way.
  await writeFile(
    made.deck,
    MEDIA_DECK.replace('## End', '## End\n\n<video src="tone.wav" autoplay loop muted></video>'),
  );
  await expect(deck.locator('#end video')).toHaveCount(1);
  await goTo(deck, 'native');
  await expect.poll(() => playing(deck)).toEqual({ plays: 1, sounds: 0 });
  await expect(next.locator('section.present h2')).toHaveText('End');
  // The slide before ends its own as this one comes.
  await expect.poll(() => playing(next)).toEqual({ plays: 0, sounds: 0 });
});

test('a follower hears nothing before asking for it', async ({ page }) => {
  await using made = await makeDeck(`## Media {background-video="tone.wav"}

<video data-src="tone.wav" data-autoplay loop></video>

## End
`);
  const port = String(20_000 + (process.pid % 10_000));
  const lan = ['--audience', '--remote-host', '127.0.0.2', '--remote-port', port];
  await using talk = await present([made.deck, '--engine', 'none', ...lan]);
  expect(talk.process.exitCode).toBeNull();
  await page.goto(`http://127.0.0.2:${port}/follow`);
  const sound = page.getByRole('button', { name: 'Sound' });
  await expect(sound).toHaveText('Sound off');
  await expect.poll(async () => (await playing(page)).plays).toBeGreaterThan(0);
  expect((await playing(page)).sounds).toBe(0);
  await sound.click();
  await expect(sound).toHaveText('Sound on');
  await expect.poll(async () => (await playing(page)).sounds).toBeGreaterThan(0);
});

test('the clicker works after a click on anything in a slide, a page in it too', async ({ context }) => {
  await using made = await makeDeck(`## Start

[There](#there) <button>A button</button>

<details><summary>More</summary>words</details>

## There

<iframe src="frame.html" width="600" height="300"></iframe>

## End
`);
  await using talk = await present([made.deck, '--engine', 'none']);
  const deck = await context.newPage();
  await deck.goto(talk.url);
  await expect(deck.locator('.reveal')).toHaveClass(/ready/);
  const title = deck.locator('section.present h2');
  for (const click of ['button', 'summary']) {
    await deck.locator(`section.present ${click}`).click();
    await deck.keyboard.press('PageDown');
    await expect(title).toHaveText('There');
    await deck.keyboard.press('PageUp');
    await expect(title).toHaveText('Start');
  }
  await deck.locator('section.present a').click();
  await expect(title).toHaveText('There');
  const frame = deck.frameLocator('section.present iframe');
  await slideIsStill(deck);
  await frame.locator('input').click();
  await deck.keyboard.type('b.');
  await expect(frame.locator('input')).toHaveValue('b.');
  await deck.keyboard.press('PageDown');
  await expect(title).toHaveText('End');
  await deck.keyboard.press('PageUp');
  await slideIsStill(deck);
  await frame.locator('p').click();
  await deck.keyboard.press('Escape');
  await expect.poll(() => deck.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  await deck.keyboard.press('ArrowRight');
  await expect(title).toHaveText('End');
  // A page that tells nothing gives the keys back when the pointer leaves it.
  await deck.keyboard.press('PageUp');
  await slideIsStill(deck);
  await frame.locator('input').click();
  await deck.mouse.move(5, 5);
  await expect.poll(() => deck.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
});

const NOTES_DECK = `## A

::: notes
Notes of A with $x^2$

![pic](x.png)
:::

## Gone {visibility=hidden}

::: notes
Notes of the hidden
:::

## Steps

::: {.fragment notes="said at the step"}
one
:::

[two]{.fragment data-notes="said at the second"}

::: notes
Notes of Steps
:::

## Attribute {notes="line one
line two"}

## Uncounted {visibility=uncounted}

## End
`;

test('notes show as the author wrote them, beside the slide that they belong to', async ({ context }) => {
  await using made = await makeDeck(NOTES_DECK.replace('$x^2$', 'no formula'));
  await using talk = await present([made.deck, '--engine', 'none']);
  const { deck, speaker } = await open(context, talk.url);
  const notes = speaker.locator('.notes-text');
  await expect(notes).toContainText('Notes of A');
  // The deck's first formulas may come with a save.
  await writeFile(made.deck, NOTES_DECK.replace('## End', '## End\n\n$y^2$\n'));
  // Once each: the copy for machines is out of sight.
  await expect(notes.locator('.katex-mathml')).toHaveCSS('position', 'absolute');
  await expect(deck.locator('#end .katex-mathml')).toHaveCSS('position', 'absolute');
  await expect(notes.locator('img')).toHaveJSProperty('naturalWidth', 1);
  await goTo(deck, 'steps');
  await expect(notes).toHaveText('Notes of Steps');
  await deck.keyboard.press('PageDown');
  await expect(notes.locator('.note').first()).toHaveText('said at the step');
  await deck.keyboard.press('PageDown');
  await expect(notes.locator('.note').first()).toHaveText('said at the second');
  await goTo(deck, 'attribute');
  await expect(notes).toHaveText('line one line two');
  await expect(speaker.locator('.count')).toHaveText('3 / 4');
  await goTo(deck, 'uncounted');
  await expect(speaker.locator('.count')).toHaveText('3 / 4');
  await expect(deck.locator('.slide-number')).toHaveText(/3\s*\/\s*4/);
});

test('the script of the talk has the pictures of its notes, and no hidden slide', async () => {
  await using made = await makeDeck(NOTES_DECK);
  const target = join(made.folder, 'script.md');
  expect(await deckhand(['notes', made.deck, '-o', target])).toMatchObject({ code: 0 });
  const script = await readFile(target, 'utf8');
  expect(script).toContain('![pic](script-slides/01-note-1.png)');
  expect(await readFile(join(made.folder, 'script-slides/01-note-1.png'))).toEqual(PICTURE);
  expect(script).not.toContain('hidden');
  for (const said of ['$x^2$', 'said at the step', 'said at the second', 'Notes of Steps', 'line one'])
    expect(script).toContain(said);
  expect(script.match(/^## .*/gm)).toEqual([
    '## 1. A',
    '## 2. Steps',
    '## 3. Attribute',
    '## 3. Uncounted',
    '## 4. End',
  ]);
  expect((await readdir(join(made.folder, 'script-slides'))).length).toBe(6);
  const page = join(made.folder, 'script.html');
  expect(await deckhand(['notes', made.deck, '-o', page])).toMatchObject({ code: 0 });
  expect(await readFile(page, 'utf8')).toMatch(
    /<img [^>]*src="data:image\/png;base64,iVBOR[^>]*alt="pic"|alt="pic"[^>]*src="data:image\/png;base64,iVBOR|src="data:image\/png;base64,iVBOR/,
  );
});
