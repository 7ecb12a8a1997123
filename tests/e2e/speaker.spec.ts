import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { copyTalk, deckhand, followAddress, present } from './deckhand.ts';

/** Opens the deck and, by its key, the speaker view. */
async function open(context: BrowserContext, url: string): Promise<{ deck: Page; speaker: Page }> {
  const deck = await context.newPage();
  await deck.goto(url);
  await expect(deck.locator('.reveal')).toHaveClass(/ready/);
  const [speaker] = await Promise.all([context.waitForEvent('page'), deck.keyboard.press('s')]);
  await expect(speaker.frameLocator('iframe.current').locator('.reveal.ready')).toBeVisible();
  return { deck, speaker };
}

test('the speaker view follows the deck and drives it, with notes and the next step', async ({ context }) => {
  await using talk = await present(['--engine', 'none']);
  const { deck, speaker } = await open(context, talk.url);
  await deck.evaluate(() => (location.hash = '#/why-docker'));
  await expect(speaker.locator('.notes-text')).toContainText('Repeatability: your container behaves');
  await expect(speaker.frameLocator('iframe.current').locator('section.present h2')).toHaveText(
    'Why Docker?',
  );
  await speaker.keyboard.press('PageDown');
  await expect(deck.locator('section.present .fragment.visible')).toHaveCount(1);
  await expect(speaker.frameLocator('iframe.next').locator('section.present .fragment.visible')).toHaveCount(
    2,
  );
  await speaker.keyboard.press('b');
  await expect(deck.locator('.reveal')).toHaveClass(/paused/);
  await speaker.keyboard.press('b');
  await speaker.keyboard.press('o');
  await expect(deck.locator('.reveal')).toHaveClass(/overview/);
  await speaker.keyboard.press('o');
  await expect(deck.locator('.reveal')).not.toHaveClass(/overview/);
});

test('the place, the timer and the size of the notes survive a reload of either window', async ({
  context,
}) => {
  await using talk = await present(['--engine', 'none']);
  const { deck, speaker } = await open(context, talk.url);
  await deck.evaluate(() => (location.hash = '#/why-docker'));
  await expect(speaker.locator('.notes-text')).toContainText('Repeatability');
  await speaker.getByRole('button', { name: 'Pause' }).click();
  await expect(speaker.getByRole('button', { name: 'Start' })).toBeVisible();
  const size = () => speaker.locator('.notes-text').evaluate((notes) => getComputedStyle(notes).fontSize);
  const before = await size();
  await speaker.getByRole('button', { name: 'Larger notes' }).click();
  const larger = await size();
  expect(Number.parseFloat(larger)).toBeGreaterThan(Number.parseFloat(before));
  await Promise.all([speaker.reload(), deck.reload()]);
  await expect(speaker.locator('.notes-text')).toContainText('Repeatability');
  await expect(speaker.getByRole('button', { name: 'Start' })).toBeVisible();
  expect(await size()).toBe(larger);
  await expect(deck.locator('section.present h2')).toHaveText('Why Docker?');
});

test('a demo started in the speaker view plays in both windows', async ({ context }) => {
  await using talk = await present(['--engine', 'none']);
  const { deck, speaker } = await open(context, talk.url);
  await deck.evaluate(() => (location.hash = '#/lets-run-it'));
  await expect(speaker.locator('.notes-text')).toContainText('Press R');
  await expect(speaker.frameLocator('iframe.current').locator('section.present demo-panel')).toBeVisible();
  await speaker.keyboard.press('r');
  await expect(deck.locator('section.present .badge')).toContainText('RECORDED');
  await expect(speaker.frameLocator('iframe.current').locator('section.present .badge')).toContainText(
    'RECORDED',
  );
});

test('a reset of the timer can be taken back, and the slide list jumps and shows how long slides took', async ({
  context,
}) => {
  await using talk = await present(['--engine', 'none']);
  const { deck, speaker } = await open(context, talk.url);
  await speaker.keyboard.press('PageDown');
  const timer = speaker.locator('.timer');
  await expect(timer).toContainText('0:02');
  await speaker.getByRole('button', { name: 'Reset' }).first().click();
  await expect(timer).toContainText('0:00');
  await speaker.getByRole('button', { name: 'Undo reset' }).click();
  await expect(timer).not.toContainText('0:00');
  await speaker.getByRole('button', { name: 'Slides' }).click();
  await speaker.locator('.slide-list').getByRole('button', { name: 'Why Docker?' }).click();
  await expect(deck.locator('section.present h2')).toHaveText('Why Docker?');
  await speaker.getByRole('button', { name: 'Slides' }).click();
  await expect(speaker.locator('.slide-list [aria-current="true"]')).toContainText('Why Docker?');
  await expect(
    speaker
      .locator('.slide-list b')
      .filter({ hasText: /0:0[1-9]/ })
      .first(),
  ).toBeVisible();
});

const PACED = `---
title: Paced
duration: 20m
---

## One {time=1s}

First.

. . .

Second.

::: notes
Say the second thing.
:::

## Two
`;

test('the speaker sees the time left, how far behind the plan the talk is, and which notes are for this step', async ({
  context,
}) => {
  await using copy = await copyTalk();
  const file = join(copy.folder, 'slides', 'paced.md');
  await writeFile(file, PACED.replace('First.', 'First.\n\n::: notes\nSay the first thing.\n:::'));
  await using talk = await present(['--engine', 'none', file], copy.folder);
  const { speaker } = await open(context, talk.url);
  await speaker.keyboard.press('PageDown');
  await expect(speaker.locator('.note:not([data-later])')).toHaveText('Say the first thing.');
  await expect(speaker.locator('.note[data-later]')).toHaveText('Say the second thing.');
  await speaker.keyboard.press('PageDown');
  await expect(speaker.locator('.note:not([data-later])')).toHaveText('Say the second thing.');
  await expect(speaker.locator('.timer')).toContainText('left');
  // The slide before has the rest of the 20 minutes: whoever is here is ahead.
  await expect(speaker.locator('.pace')).toContainText('ahead');
  await speaker.locator('.timer').click();
  await expect(speaker.locator('.timer')).toContainText('gone');
});

test('a rehearsed talk keeps its times, and the next one is measured against them', async ({ context }) => {
  await using copy = await copyTalk();
  const file = join(copy.folder, 'slides', 'short.md');
  await writeFile(file, '## One\n\n## Two\n\n## Three\n');
  const first = await present(['--engine', 'none', '--rehearse-talk', file], copy.folder);
  const one = await open(context, first.url);
  for (const title of ['Two', 'Three']) {
    await one.deck.waitForTimeout(300);
    await one.speaker.keyboard.press('PageDown');
    await expect(one.deck.locator('section.present h2')).toHaveText(title);
  }
  await first[Symbol.asyncDispose]();
  await using second = await present(['--engine', 'none', file], copy.folder);
  const speaker = await context.newPage();
  await speaker.goto(`${second.url}speaker`);
  await speaker.getByRole('button', { name: 'Slides' }).click();
  await expect(speaker.locator('.slide-list')).toContainText('the rehearsal of');
});

test('the demo console runs a demo, shows its output, and says what the audience does not see', async ({
  context,
}) => {
  await using talk = await present(['--engine', 'none']);
  const { deck, speaker } = await open(context, talk.url);
  await deck.evaluate(() => (location.hash = '#/lets-run-it'));
  const demos = speaker.getByRole('region', { name: 'Demos' });
  await expect(demos).toContainText('A Django app in nine lines');
  await expect(demos.locator('.console-error')).toContainText('--engine none');
  await demos.getByRole('button', { name: 'Play' }).click();
  await expect(deck.locator('section.present .badge')).toContainText('RECORDED');
  await expect(demos.locator('.console-lines')).toContainText('FROM python');
  await demos.getByRole('button', { name: 'Reset' }).click();
  await expect(deck.locator('section.present .badge')).toHaveCount(0);
});

/** Pixels of the pen's red in a PPM picture. */
function countRed(picture: Buffer): number {
  let count = 0;
  for (let i = 15; i + 2 < picture.length; i += 3) {
    const [red = 0, green = 0, blue = 0] = picture.subarray(i, i + 3);
    if (red > 200 && green < 120 && blue < 120) count += 1;
  }
  return count;
}

test('what is drawn in the speaker view shows in the deck, stays with its slide, and one key wipes it', async ({
  context,
}) => {
  await using copy = await copyTalk();
  await using talk = await present(['--engine', 'none', copy.deck], copy.folder);
  const { deck, speaker } = await open(context, talk.url);
  const paper = (name: string) =>
    deckhand(['pdf', copy.deck, '-o', name, '--drawings', '--range', '1'], copy.folder);
  expect((await paper('none.pdf')).stderr).toContain('There are no drawings');
  await speaker.getByRole('button', { name: 'Draw' }).click();
  const mirror = speaker.frameLocator('iframe.current');
  await expect(mirror.locator('.tool-bar')).toBeVisible();
  const box = await speaker.locator('iframe.current').boundingBox();
  const at = (x: number, y: number): [number, number] => [
    (box?.x ?? 0) + (box?.width ?? 0) * x,
    (box?.y ?? 0) + (box?.height ?? 0) * y,
  ];
  await speaker.mouse.move(...at(0.3, 0.4));
  await speaker.mouse.down();
  await speaker.mouse.move(...at(0.6, 0.6), { steps: 10 });
  await speaker.mouse.up();
  const line = deck.locator('.drawing path');
  await expect(line).toHaveCount(1);
  // In the middle of both windows, which have other sizes.
  const drawn = await line.boundingBox();
  const { width } = deck.viewportSize() ?? { width: 0 };
  expect(Math.abs((drawn?.x ?? 0) / width - 0.3)).toBeLessThan(0.06);
  await speaker.keyboard.press('PageDown');
  await expect(deck).toHaveURL(/about-me/);
  await expect(line).toHaveCount(0);
  await deck.reload();
  await speaker.keyboard.press('PageUp');
  await expect(line).toHaveCount(1);
  const inRed = async () => {
    const { code } = await paper('drawn.pdf');
    if (code !== 0) return 0;
    await promisify(execFile)('pdftoppm', ['-r', '30', 'drawn.pdf', 'drawn'], { cwd: copy.folder });
    const [page = ''] = (await readdir(copy.folder)).filter((name) => name.endsWith('.ppm'));
    return countRed(await readFile(join(copy.folder, page)));
  };
  await expect.poll(inRed, { timeout: 20_000 }).toBeGreaterThan(20);
  await speaker.keyboard.press('w');
  await expect(line).toHaveCount(0);
});

test('the laser of the speaker view is a dot at the same place in the deck, and goes out with it', async ({
  context,
}) => {
  await using talk = await present(['--engine', 'none']);
  const { deck, speaker } = await open(context, talk.url);
  await speaker.getByRole('button', { name: 'Point' }).click();
  await expect(speaker.frameLocator('iframe.current').locator('.laser-surface')).toBeVisible();
  const box = await speaker.locator('iframe.current').boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  await speaker.mouse.move(x - 5, y);
  await speaker.mouse.move(x, y);
  const dot = deck.locator('.laser');
  await expect(dot).toBeVisible();
  const left = await dot.evaluate((one) => Number.parseFloat(one.style.left));
  expect(Math.abs(left - 50)).toBeLessThan(3);
  await speaker.keyboard.press('q');
  await expect(dot).toBeHidden();
  // A spot of light follows the mouse in the same way.
  await speaker.keyboard.press('a');
  await speaker.mouse.move(x + 5, y);
  await speaker.mouse.move(x, y);
  await expect(dot).toHaveClass(/is-spot/);
  await expect(dot).toBeVisible();
  await speaker.keyboard.press('q');
  await speaker.mouse.move(x + 5, y);
  await expect(dot).not.toHaveClass(/is-spot/);
});

test('the clicker plays a recording, opens its views and skips to its result, one press a step', async ({
  context,
}) => {
  await using copy = await copyTalk();
  const file = join(copy.folder, 'slides', 'steps.md');
  const div =
    '::: {.demo name="django" views="terminal app layers" steps="start result layers reset"}\n:::\n';
  await writeFile(file, `## One\n\n${div}\n## Two\n`);
  await using talk = await present(['--engine', 'none', file], copy.folder);
  const { deck, speaker } = await open(context, talk.url);
  const panel = deck.locator('section.present demo-panel');
  await expect(panel).toBeVisible();
  const press = () => speaker.keyboard.press('PageDown');
  await press();
  await expect(panel.locator('.badge')).toContainText('RECORDED');
  await press();
  await expect(panel.getByRole('tab', { name: 'App', selected: true })).toBeVisible();
  await press();
  await expect(panel.getByRole('tab', { name: 'Layers', selected: true })).toBeVisible();
  await press();
  await expect(panel.locator('.badge')).toHaveCount(0);
  await press();
  await expect(deck.locator('section.present h2')).toHaveText('Two');
});

test('during a break the screens are black, say when the talk goes on and count down, until the speaker ends it', async ({
  context,
}) => {
  await using talk = await present(['--engine', 'none']);
  const { deck, speaker } = await open(context, talk.url);
  await speaker.getByRole('combobox', { name: 'A break' }).selectOption('10');
  const screen = deck.locator('.break-screen');
  await expect(screen).toContainText(/Back at \d{1,2}:\d{2}/u);
  await expect(screen).toContainText(/\b9:\d{2}|10:00/u);
  await expect(speaker.locator('.paused')).toContainText(/back in (?:9|10):\d{2}/u);
  // A window that comes late says it, too.
  await deck.reload();
  await expect(screen).toContainText('Back at');
  await speaker.getByRole('button', { name: 'End the break' }).click();
  await expect(screen).toHaveCount(0);
  await expect(deck.locator('.reveal')).not.toHaveClass(/paused/u);
});

test('a frozen picture stays while the speaker looks elsewhere, in the hall and on followers’ devices, and then follows', async ({
  context,
}) => {
  const here = ['--remote-host', '127.0.0.2', '--remote-port', '0'];
  await using talk = await present(['--engine', 'none', '--audience', ...here]);
  const hall = await context.newPage();
  await hall.goto(`${talk.url}#/about-me`);
  const speaker = await context.newPage();
  await speaker.goto(`${talk.url}speaker`);
  const address = await followAddress(speaker);
  const phone = await context.newPage();
  await phone.goto(address);
  const title = (page: Page) => page.locator('section.present h2');
  await expect(title(phone)).toHaveText('About me');
  await speaker.keyboard.press('Escape');

  await speaker.getByRole('button', { name: 'Freeze' }).click();
  await expect(speaker.getByText('picture is frozen')).toBeVisible();
  const mirror = speaker.frameLocator('iframe.current');
  await speaker.locator('.notes-text').click();
  // Twice there and back: what is held is held by then.
  for (const [key, id] of [
    ['Home', 'title-slide'],
    ['End', 'section-10'],
    ['Home', 'title-slide'],
    ['End', 'section-10'],
  ] as const) {
    await speaker.keyboard.press(key);
    await expect(mirror.locator('section.present')).toHaveAttribute('id', id);
  }
  for (const page of [hall, phone]) await expect(title(page)).toHaveText('About me');

  // The clicker first lets it follow, and only then moves on.
  await hall.keyboard.press('PageUp');
  for (const page of [hall, phone])
    await expect(page.locator('section.present')).toHaveAttribute('id', 'section-10');
  await expect(speaker.getByText('picture is frozen')).toHaveCount(0);
  await speaker.keyboard.press('Home');
  for (const page of [hall, phone])
    await expect(page.locator('section.present')).toHaveAttribute('id', 'title-slide');
});
