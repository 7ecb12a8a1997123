import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type Page } from '@playwright/test';
import { copyTalk, end, present } from './deckhand.ts';

/** Answers as the libpostal demo does, in a second instead of minutes. */
const SERVICE = `import http.server, json, urllib.parse
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        text = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query).get("text", [""])[0]
        parts = [{"label": "road", "value": word} for word in text.split()]
        body = {"parts": parts} if parts else {"message": "Type something first."}
        self.send_response(200 if parts else 400); self.end_headers()
        self.wfile.write(json.dumps(body).encode())
    do_HEAD = do_GET
    def log_message(self, *_): pass
http.server.ThreadingHTTPServer(("0.0.0.0", 8000), Handler).serve_forever()
`;
const COMPOSE = `name: words
services:
  api:
    build: .
    ports: ["8000"]
    stop_grace_period: 1s
x-demo:
  ask: {service: api, port: 8000, path: /words, param: text, examples: [one two three]}
`;
const DECK = `---
title: Views
---

## Words

::: {.demo name="words" views="terminal ask"}
Words.
:::

## After

The end.
`;

async function run(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.locator('section.present demo-panel')).toBeVisible();
  await page.keyboard.press('r');
  const panel = page.locator('section.present .panel');
  await expect(panel).toHaveAttribute('data-phase', 'ready', { timeout: 90_000 });
}

async function stop(page: Page): Promise<void> {
  await page.keyboard.press('x');
  const panel = page.locator('section.present .panel');
  await expect(panel).toHaveAttribute('data-phase', 'stopped', { timeout: 30_000 });
}

if (process.env['DECKHAND_TEST_ENGINE'] !== 'none') {
  test('the process shows as number 1 inside and by its real number on the host, under one kernel', async ({
    page,
  }) => {
    await using talk = await present([]);
    await run(page, `${talk.url}#/see-for-yourself`);
    const numbers = page.locator('section.present .process-pid');
    await expect(numbers).toHaveText([/process\s+1$/, /process\s+\d{2,}$/]);
    await expect(page.locator('section.present .process-namespaces li')).toHaveCount(8);
    await expect(page.locator('section.present .process-kernel')).toContainText('one kernel, shared by both');
    await stop(page);
    await end(talk.process);
  });

  test('containers are started from one image until there are four, by button and by key', async ({
    page,
  }) => {
    await using talk = await present([]);
    await run(page, `${talk.url}#/one-image-many-containers`);
    const cards = page.locator('section.present .layers-card[data-state="ready"]');
    await expect(cards).toHaveCount(1);
    await page.locator('section.present button.layers-slot').click();
    await expect(cards).toHaveCount(2);
    await page.keyboard.press('m');
    await expect(cards).toHaveCount(3);
    await page.keyboard.press('m');
    await expect(cards).toHaveCount(4);
    const places = await page.locator('section.present .layers-where').allTextContents();
    expect(new Set(places).size).toBe(4);
    await expect(page.locator('section.present .layers-slot')).toHaveCount(0);
    await stop(page);
    await end(talk.process);
  });

  test('a question is answered in labelled parts on every screen, and typing never takes the clicker away', async ({
    page,
    context,
  }) => {
    await using copy = await copyTalk();
    const demo = join(copy.folder, 'demos/words');
    await mkdir(demo);
    await writeFile(join(demo, 'compose.yaml'), COMPOSE);
    await writeFile(
      join(demo, 'Dockerfile'),
      'FROM python:3.13-slim\nCOPY app.py .\nCMD ["python", "app.py"]\n',
    );
    await writeFile(join(demo, 'app.py'), SERVICE);
    await writeFile(copy.deck, DECK);
    await using talk = await present([copy.deck], copy.folder);
    await run(page, `${talk.url}#/words`);
    const second = await context.newPage();
    await second.goto(`${talk.url}#/words`);
    const values = (screen: Page) => screen.locator('section.present .ask-parts b');
    await page.locator('.ask-example').click();
    for (const screen of [page, second]) await expect(values(screen)).toHaveText(['one', 'two', 'three']);

    const input = page.locator('.ask-input');
    await input.fill('<img/src=x/onerror=alert(1)> & r x z e');
    await input.press('Enter');
    const words = ['<img/src=x/onerror=alert(1)>', '&', 'r', 'x', 'z', 'e'];
    for (const screen of [page, second]) await expect(values(screen)).toHaveText(words);
    await expect(page.locator('.ask-parts img')).toHaveCount(0);

    await input.fill('half a quest');
    await expect(second.locator('.ask-input')).toHaveValue('half a quest');

    await input.fill('');
    await input.press('Enter');
    await expect(page.locator('.ask-refused')).toHaveText('Type something first.');
    await input.fill('x'.repeat(3000));
    await input.press('Enter');
    await expect(page.locator('.ask-refused')).toHaveText('A question is at most 2,000 characters.');

    await input.press('Escape');
    await expect(input).not.toBeFocused();
    await expect(page.locator('.reveal')).not.toHaveClass(/overview/);
    // Keys go to the window in front, on a stage as well.
    await page.bringToFront();
    await input.focus();
    await page.keyboard.press('PageDown');
    await expect(page).toHaveURL(/#\/after$/);
    await page.keyboard.press('PageUp');
    await expect(page).toHaveURL(/#\/words$/);
    await stop(page);
    await end(talk.process);
    await promisify(execFile)('docker', ['image', 'rm', 'deckhand-words-api']);
  });
}

test('the recording of libpostal is of the library itself, and says that its base image is a stand-in', async ({
  page,
}) => {
  const talk = await present(['--engine', 'none']);
  await page.goto(`${talk.url}#/the-same-library-in-a-container`);
  await expect(page.locator('section.present demo-panel')).toBeVisible();
  await page.keyboard.press('e');
  await expect(page.locator('section.present .badge')).toContainText('on a stand-in base image');
  await page
    .getByRole('button', { name: 'Ask' })
    .or(page.getByRole('tab', { name: 'Ask' }))
    .first()
    .click();
  await page.getByRole('button', { name: 'улица Тверская, 13, Москва, Россия' }).click();
  await expect(page.locator('section.present ask-box')).toContainText('улица тверская');
  await end(talk.process);
});
