import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { copyTalk, deckhand, present } from '../e2e/deckhand.ts';

const DECK = `% A talk

## Broken

::: {.demo name="broken" views="terminal app"}
:::

## Process

::: {.demo name="process" views="dockerfile process"}
:::

## A title that takes two lines, because it says everything at once {#two-lines}

::: {.demo name="process" views="process terminal"}
:::

## Ask

::: {.demo name="libpostal" views="dockerfile ask"}
:::
`;

const BROKEN = 'name: broken\nservices:\n  web:\n    image: python:3.13-slim\n    prots: ["8000"]\n';
const RIGHT = 'name: broken\nservices:\n  web:\n    image: python:3.13-slim\n    ports: ["8000"]\n';

async function brokenTalk(): Promise<{ deck: string; compose: string } & AsyncDisposable> {
  const copy = await copyTalk();
  const compose = join(copy.folder, 'demos/broken/compose.yaml');
  await mkdir(join(copy.folder, 'demos/broken'));
  await writeFile(compose, BROKEN);
  await writeFile(copy.deck, DECK);
  return { deck: copy.deck, compose, [Symbol.asyncDispose]: () => copy[Symbol.asyncDispose]() };
}

const panel = (page: Page) => page.locator('section.present .panel');
const alert = (page: Page) => panel(page).locator('.panel-error');

async function open(page: Page, url: string, slide: string): Promise<void> {
  await page.goto(`${url}#/${slide}`);
  await expect(panel(page)).toBeVisible();
}

test('a mistake in a Compose file shows with its place, on the panel, in the terminal and in check, until it is fixed', async ({
  page,
}) => {
  await using talk = await brokenTalk();
  const place = /demos\/broken\/compose\.yaml:5:\d+: .*prots/;
  const { stdout, code } = await deckhand(['check', talk.deck]);
  expect(stdout).toMatch(place);
  expect(code).toBe(1);
  await using talking = await present([talk.deck, '--engine', 'none']);
  let terminal = '';
  talking.process.stderr?.on('data', (chunk: Buffer) => (terminal += chunk.toString()));
  await open(page, talking.url, 'broken');
  await page.keyboard.press('r');
  await expect(alert(page)).toHaveText(place);
  await expect(page.locator('.message')).toHaveCount(0);
  await page.keyboard.press('e');
  await expect(alert(page)).toHaveText(place);
  await expect(panel(page)).toHaveAttribute('data-origin', 'none');
  await writeFile(talk.compose, RIGHT);
  await expect(alert(page)).toHaveCount(0);
  await page.keyboard.press('e');
  await expect(alert(page)).toContainText('There is no recording of broken yet.');
  await expect(panel(page)).toHaveAttribute('data-origin', 'none');
  await writeFile(talk.compose, BROKEN);
  await expect.poll(() => terminal).toMatch(place);
});

test('a mistake in the deck shows on the deck only while no speaker view does it, and Escape closes what the speaker view opened', async ({
  page,
  context,
}) => {
  await using talk = await brokenTalk();
  await using talking = await present([talk.deck, '--engine', 'none']);
  await open(page, talking.url, 'broken');
  const deck = await readFile(talk.deck, 'utf8');
  const bad = `${deck}\n## More\n\n::: {.demo name="nowhere"}\n:::\n`;
  await writeFile(talk.deck, bad);
  await expect(page.locator('.message')).toContainText('nowhere');
  await writeFile(talk.deck, deck);
  await expect(page.locator('.message')).toHaveCount(0);
  const speaker = await context.newPage();
  await speaker.goto(`${talking.url}speaker`);
  await expect(speaker.frameLocator('iframe.current').locator('.reveal.ready')).toBeVisible();
  await writeFile(talk.deck, bad);
  await expect(speaker.locator('.console-error', { hasText: 'nowhere' })).toBeVisible();
  await expect(page.locator('.message')).toHaveCount(0);
  await writeFile(talk.deck, deck);
  await expect(speaker.locator('.console-error', { hasText: 'nowhere' })).toHaveCount(0);
  await speaker.getByRole('button', { name: /Slides$/ }).click();
  await speaker.keyboard.press('Escape');
  await expect(speaker.locator('.slide-list')).toHaveCount(0);
  await speaker.locator('body').press('ArrowRight');
  await expect(page.locator('section.present h2')).toHaveText('Process');
  await expect(page.locator('.reveal.overview')).toHaveCount(0);
});

test('what a recording shows fits its panel and its slide, and answers only what was asked in it', async ({
  page,
}) => {
  await using talk = await brokenTalk();
  await using talking = await present([talk.deck, '--engine', 'none']);
  const sizes = [
    { width: 1920, height: 1080 },
    { width: 1366, height: 768 },
    { width: 1024, height: 768 },
  ];
  for (const slide of ['process', 'two-lines']) {
    await open(page, talking.url, slide);
    await page.keyboard.press('r');
    await expect(panel(page).locator('.replay-bar')).toBeVisible();
    await page.keyboard.press('t');
    await expect(panel(page).locator('.process-kernel')).toBeVisible();
    for (const size of sizes) {
      await page.setViewportSize(size);
      const overflow = () =>
        panel(page)
          .locator('.process')
          .evaluate((view) => view.scrollHeight - view.clientHeight);
      await expect.poll(overflow, `${slide} ${size.width}`).toBeLessThanOrEqual(0);
      const gap = async () => {
        const bar = await panel(page).locator('.replay-bar').boundingBox();
        const number = await page.locator('.slide-number').boundingBox();
        if (bar === null || number === null) return -1;
        const isBeside = bar.x >= number.x + number.width || bar.x + bar.width <= number.x;
        return isBeside ? 0 : number.y - (bar.y + bar.height);
      };
      await expect.poll(gap, `${slide} ${size.width}`).toBeGreaterThanOrEqual(0);
    }
    await page.keyboard.press('z');
  }
  await open(page, talking.url, 'ask');
  await page.keyboard.press('r');
  await page.keyboard.press('t');
  const input = panel(page).locator('.ask-input');
  await expect(input).toHaveAttribute('placeholder', /recorded/);
  const long = `${'A very long address that was never asked, '.repeat(6)}Berlin`;
  await input.fill(long);
  await input.press('Enter');
  await expect(panel(page).locator('.ask-refused')).toContainText('not in this recording');
  await expect.poll(() => input.evaluate((box) => box.scrollLeft)).toBe(0);
});
