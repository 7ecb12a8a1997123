import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { copyTalk, end, present } from './deckhand.ts';

const COMPOSE = `name: typing
services:
  web:
    build: .
    ports: ["8000"]
x-demo: {views: [terminal, app], app: {service: web, port: 8000, path: /}}
`;
const DOCKERFILE = `FROM python:3.13-slim
COPY index.html .
CMD ["python", "-m", "http.server", "8000"]
`;
const PAGE = '<!doctype html><title>App</title><input aria-label="Name"><p>An app.</p>';
const DECK = `## Before

## Typing

::: {.demo name="typing" views="terminal app"}
:::

## After
`;

if (process.env['DECKHAND_TEST_ENGINE'] !== 'none') {
  test('the clicker works while an app or a terminal has the focus, and Escape gives the keys back', async ({
    page,
  }) => {
    await using copy = await copyTalk();
    const demo = join(copy.folder, 'demos/typing');
    await mkdir(demo);
    await writeFile(join(demo, 'compose.yaml'), COMPOSE);
    await writeFile(join(demo, 'Dockerfile'), DOCKERFILE);
    await writeFile(join(demo, 'index.html'), PAGE);
    await writeFile(copy.deck, DECK);
    const talk = await present([copy.deck], copy.folder);
    await page.goto(`${talk.url}#/typing`);
    await expect(page.locator('section.present demo-panel')).toBeVisible();
    await page.keyboard.press('r');
    const name = page.frameLocator('section.present .app-frame').getByLabel('Name');
    await page.locator('section.present app-frame').hover({ timeout: 60_000 });
    await name.click();
    await page.keyboard.type('b. is text here');
    await expect(name).toHaveValue('b. is text here');
    await page.keyboard.press('PageDown');
    await expect(page).toHaveURL(/#\/after$/);
    await page.keyboard.press('PageUp');
    await expect(page).toHaveURL(/#\/typing$/);
    await name.click();
    await page.keyboard.press('Escape');
    await expect(page.locator('.reveal')).not.toHaveClass(/overview/);
    await page.keyboard.press('ArrowRight');
    await expect(page).toHaveURL(/#\/after$/);
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('tab', { name: 'Terminal' }).click();
    await page.locator('section.present .terminal-box').click();
    await page.keyboard.press('AudioVolumeUp');
    await expect(page).toHaveURL(/#\/after$/);
    await end(talk.process);
    await promisify(execFile)('docker', ['image', 'rm', 'deckhand-typing-web']);
  });
}

test('F5 is full screen, not a reload, and the help names the keys of clicker and demos', async ({
  page,
}) => {
  await using talk = await present(['--engine', 'none']);
  await page.goto(talk.url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  await page.evaluate(() => (document.documentElement.dataset['same'] = 'page'));
  await page.keyboard.press('F5');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  await page.keyboard.press('F5');
  expect(await page.evaluate(() => document.documentElement.dataset['same'])).toBe('page');
  await page.keyboard.press('Shift+Slash');
  for (const words of ['Run the demo', 'Full screen', 'Volume up', 'Draw on the slide'])
    await expect(page.locator('.r-overlay-help')).toContainText(words);
  // A key may stand twice, for a keypad; never for two things.
  const rows = new Set(await page.locator('.r-overlay-help tr').allTextContents());
  const keys = [...rows].map((row) => row.trim().split(/\s{2,}|\n/)[0]);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});
