import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type Page } from '@playwright/test';
import { castDeck, castV1, castV2, castV3 } from './casts.ts';
import { deckhand, present, ROOT } from './deckhand.ts';

const rows = (page: Page) => page.locator('section.present .xterm-rows');
const bar = (page: Page) => page.locator('section.present .replay-bar');

/** Opens a slide and skips to its recording's end. */
async function playToEnd(page: Page, url: string, slide: string): Promise<void> {
  await page.goto(`${url}#/${slide}`);
  await expect(page.locator('section.present demo-panel')).toBeVisible();
  await page.keyboard.press('r');
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press('t');
  await expect(bar(page).getByRole('button', { name: 'Play again' })).toBeVisible();
}

test('files of every asciicast version play in panels of their own, on every screen', async ({
  page,
  context,
}) => {
  await using copy = await castDeck({
    one: castV1([
      [0.2, 'uno\r\n'],
      [0.5, '\u001b[31mdue\u001b[0m\r\n'],
    ]),
    two: castV2([
      [0.2, 'o', '$ '],
      [0.8, 'i', 'l'],
      [1, 'o', 'ls\r\napp  manage.py\r\n'],
      [9, 'm', 'later'],
      [9.1, 'o', 'done\r\n'],
    ]),
    three: castV3([
      [0.1, 'o', '\u001b[?1049h\u001b[2J\u001b[H'],
      [0.1, 'o', 'top\u001b[30;1Hbottom of 30'],
      [1, 'r', '60x20'],
      [0.5, 'o', '\u001b[2J\u001b[Hsmaller\u001b[20;1Hbottom of 20'],
      [1, 'x', '0'],
    ]),
  });
  await using talk = await present([copy.deck, '--engine', 'none']);
  await playToEnd(page, talk.url, 'one');
  await expect(rows(page)).toContainText('uno');
  await expect(rows(page)).toContainText('due');
  await playToEnd(page, talk.url, 'two');
  await expect(page.locator('section.present .panel-title')).toHaveText('Two');
  await expect(page.locator('section.present .badge')).toHaveText('RECORDED 2023-11-14');
  await expect(rows(page)).toContainText('app  manage.py');
  await expect(rows(page)).toContainText('done');
  await expect(page.locator('section.present .seek-tick')).toHaveCount(1);
  await playToEnd(page, talk.url, 'three');
  await expect(rows(page)).toContainText('bottom of 20');
  await expect(rows(page).locator('> div')).toHaveCount(20);

  const second = await context.newPage();
  await second.goto(`${talk.url}#/three`);
  await expect(rows(second)).toContainText('bottom of 20');
  await page.keyboard.press('u');
  for (const screen of [page, second]) await expect(rows(screen)).not.toContainText('bottom of 20');
  await page.keyboard.press('z');
  for (const screen of [page, second]) await expect(bar(screen)).toHaveCount(0);
});

test('what can not be played keeps the text of its author, says why, and the talk goes on', async ({
  page,
}) => {
  await using copy = await castDeck({
    gone: undefined,
    later: '{"version":4,"term":{"cols":80,"rows":24}}\n',
    nonsense: 'PNG\u0000\u0001',
  });
  await using talk = await present([copy.deck, '--engine', 'none']);
  for (const [slide, why] of [
    ['gone', 'there is no such file'],
    ['later', 'it is asciicast version 4, and Deckhand reads versions 1 to 3'],
    ['nonsense', 'its first line is no asciicast header'],
  ] as const) {
    await page.goto(`${talk.url}#/${slide}`);
    await expect(page.locator('section.present .cast-problem')).toContainText(why);
    await expect(page.locator('section.present .cast')).toContainText(`The fallback of ${slide}.`);
  }
  await page.keyboard.press('PageDown');
  await expect(page).toHaveURL(/#\/end$/);
  await writeFile(join(copy.folder, 'img/gone.cast'), castV2([[0.1, 'o', 'back again']]));
  await playToEnd(page, talk.url, 'gone');
  await expect(rows(page)).toContainText('back again');
});

test('what is broken in the middle plays as far as it goes, with a message', async ({ page }) => {
  const whole = castV3([
    [0.1, 'o', 'first\r\n'],
    [0.1, 'o', 'second\r\n'],
    [0.1, 'o', 'third\r\n'],
  ]);
  await using copy = await castDeck({
    cut: whole.slice(0, whole.indexOf('third') + 2),
    backwards: castV2([
      [3, 'o', 'first\r\n'],
      [1, 'o', 'second\r\n'],
      [4, 'o', 'third\r\n'],
    ]),
  });
  await using talk = await present([copy.deck, '--engine', 'none']);
  const note = page.locator('section.present .panel-note');
  await playToEnd(page, talk.url, 'cut');
  await expect(rows(page)).toContainText('second');
  await expect(note).toContainText('Not all of the recording can be played: line 4 is not an event');
  await playToEnd(page, talk.url, 'backwards');
  for (const word of ['first', 'second', 'third']) await expect(rows(page)).toContainText(word);
  await expect(note).toContainText('time runs backwards in line 3');
});

test('output can set no title, open no link, fill no clipboard and get no answer', async ({
  page,
  context,
}) => {
  const [bel, st] = ['\u0007', '\u001b\\'];
  const hostile =
    `\u001b]0;owned${bel}\u001b]2;owned${st}` +
    `\u001b]8;;http://127.0.0.1:9/stolen${st}click me\u001b]8;;${st}\r\n` +
    `\u001b]52;c;c3RvbGVu${bel}\u001b]52;c;?${bel}` +
    '\u001b[c\u001b[>c\u001b[5n\u001b[6n\u001bZ\u0005\u001b[18t\u001b[21t\u001bP$qm\u001b\\' +
    `\u001b]10;?${bel}\u001b]11;?${bel}\u001b]4;1;?${bel}` +
    'still here\r\n';
  await using copy = await castDeck({ hostile: castV2([[0.1, 'o', hostile]]) });
  await using talk = await present([copy.deck, '--engine', 'none']);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  page.on('dialog', (dialog) => asked.push(`dialog ${dialog.message()}`));
  page.on('popup', (popup) => asked.push(`popup ${popup.url()}`));
  await page.goto(`${talk.url}#/hostile`);
  await playToEnd(page, talk.url, 'hostile');
  await expect(rows(page)).toContainText('click me');
  await expect(rows(page)).toContainText('still here');
  await rows(page).getByText('click me').click({ force: true });
  await expect(page).toHaveTitle(/Casts/);
  await page
    .evaluate(() => navigator.clipboard.readText())
    .then((text) => expect(text).not.toContain('stolen'));
  // The changes of the stage that the keys asked for, and nothing that a terminal would have answered.
  const told = asked.filter((one) => !one.startsWith('GET '));
  expect(new Set(told)).toEqual(new Set(['POST /api/stage']));
  await expect(rows(page)).not.toContainText(/\[\?|rgb:/);
});

test('what is printed is the last that a file shows', async () => {
  await using copy = await castDeck({
    two: castV2([
      [0.2, 'o', 'begin\r\n'],
      [30, 'o', 'the very end\r\n'],
    ]),
  });
  const pdf = join(copy.folder, 'talk.pdf');
  expect(await deckhand(['pdf', copy.deck, '--output', pdf])).toMatchObject({ code: 0 });
  const { stdout } = await promisify(execFile)('pdftotext', ['-layout', pdf, '-']);
  expect(stdout).toContain('begin');
  expect(stdout).toContain('the very end');
});

test("our recordings play in asciinema's own player", async ({ page }) => {
  const bundle = join(ROOT, 'node_modules/asciinema-player/dist/bundle');
  await page.setContent('<div id="player"></div>');
  await page.addStyleTag({ path: join(bundle, 'asciinema-player.css') });
  await page.addScriptTag({ path: join(bundle, 'asciinema-player.min.js') });
  const shown = { django: 'answers', process: 'I am process 1' };
  for (const [demo, words] of Object.entries(shown)) {
    const data = await readFile(join(ROOT, 'demos', demo, 'recording/run.cast'), 'utf8');
    await page.evaluate((text) => {
      const { AsciinemaPlayer } = globalThis as unknown as {
        AsciinemaPlayer: { create(source: object, element: Element | null, options: object): unknown };
      };
      const element = document.querySelector('#player');
      element?.replaceChildren();
      AsciinemaPlayer.create({ data: text }, element, { autoPlay: true, speed: 20, idleTimeLimit: 0.5 });
    }, data);
    await expect(page.locator('#player .ap-term')).toContainText(words, { timeout: 20_000 });
  }
});

const ONE_LINE = castV2([
  [0.2, 'o', 'first\r\n'],
  [60, 'o', 'last\r\n'],
]);

test('a recording plays on while its slide is saved', async ({ page }) => {
  await using copy = await castDeck({ one: ONE_LINE });
  await using talk = await present([copy.deck, '--engine', 'none']);
  await page.goto(`${talk.url}#/one`);
  const panel = page.locator('section.present demo-panel');
  await expect(panel).toBeVisible();
  await page.keyboard.press('r');
  await expect(rows(page)).toContainText('first');
  await panel.evaluate((element) => element.setAttribute('data-before', ''));
  await writeFile(copy.deck, (await readFile(copy.deck, 'utf8')).replace('\n\n:::', '\n\nSaved.\n\n:::'));
  await expect(page.locator('section.present')).toContainText('Saved.');
  await expect(panel).toHaveAttribute('data-before');
  await expect(rows(page)).toContainText('first');
});

test('panels that saves replace hear nothing more of the deck', async ({ page }) => {
  await page.addInitScript(() => {
    const counts = { listeners: 0 };
    Object.assign(globalThis, counts);
    for (const [name, by] of [
      ['addEventListener', 1],
      ['removeEventListener', -1],
    ] as const) {
      const real = EventTarget.prototype[name];
      EventTarget.prototype[name] = function (type: string, ...rest: [EventListener]) {
        if (type === 'slidechanged') (globalThis as unknown as typeof counts).listeners += by;
        real.call(this, type, ...rest);
      };
    }
  });
  const listeners = () => page.evaluate(() => (globalThis as unknown as { listeners: number }).listeners);
  await using copy = await castDeck({ one: ONE_LINE });
  await using talk = await present([copy.deck, '--engine', 'none']);
  await page.goto(`${talk.url}#/one`);
  const panel = page.locator('section.present .cast');
  await expect(panel.locator('demo-panel')).toBeVisible();
  const deck = await readFile(copy.deck, 'utf8');
  const before = await listeners();
  for (const speed of ['2', '3', '4', '5']) {
    await writeFile(copy.deck, deck.replace('one.cast"', `one.cast" speed=${speed}`));
    await expect(page.locator(`section.present .cast[data-speed="${speed}"] demo-panel`)).toBeVisible();
  }
  expect(await listeners()).toBe(before);
});

test('two panels of one file are as each of them asks', async ({ page }) => {
  await using copy = await castDeck({ one: ONE_LINE });
  const slide = (name: string, more: string) =>
    `## ${name}\n\n::: {.cast src="img/one.cast" ${more}}\nText.\n:::\n\n`;
  await writeFile(copy.deck, slide('Rest', '') + slide('Poster', 'poster=end'));
  await using talk = await present([copy.deck, '--engine', 'none']);
  await page.goto(talk.url);
  await expect(page.locator('section.present demo-panel')).toBeVisible();
  await expect(page.locator('section.present demo-panel')).not.toContainText('last');
  await page.keyboard.press('PageDown');
  await expect(rows(page)).toContainText('last');
});
