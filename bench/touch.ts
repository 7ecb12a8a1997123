import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { launchChromium } from '../src/chromium/chromium.ts';
import { copyTalk, end, present } from '../tests/e2e/deckhand.ts';
import { median, ms, printTable, type Row } from './table.ts';

/**
 * Hands on a demo that runs: a key in the shell to its echo, on the screen that types and on another one; the next key after 50 MB
 * of output; a save in the editor to the app's new page.
 */
const KEYS = 500;
const SAVES = 10;

const COMPOSE = `services:
  web:
    build: .
    ports: ["8000"]
    stop_grace_period: 0s
    develop:
      watch: [{action: sync, path: text.txt, target: /srv/text.txt}]
x-demo:
  edit: [text.txt]
`;
/** Reads its text at each request: what a save takes is then ours alone. */
const APP = `import http.server
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(open("/srv/text.txt", "rb").read())
    def log_message(self, *args):
        pass
http.server.ThreadingHTTPServer(("", 8000), Handler).serve_forever()
`;
const DECK = `## Shell

::: {.demo name="touch" views="shell" steps="start"}
:::

## Edit

::: {.demo name="touch" views="edit:text.txt | app"}
:::
`;

const ROWS = 'section.present shell-view .xterm-rows';

/** How often a letter shows in the shell. */
async function untilShown(page: Page, letter: string, count: number): Promise<number> {
  const seen = await page.waitForFunction(
    ({ rows, wanted, most }) =>
      (document.querySelector(rows)?.textContent ?? '').split(wanted).length - 1 >= most && Date.now(),
    { rows: ROWS, wanted: letter, most: count },
    { polling: 'raf' },
  );
  return Number(await seen.jsonValue());
}

async function echoes(page: Page, other: Page): Promise<{ own: number[]; others: number[] }> {
  const times = { own: [] as number[], others: [] as number[] };
  for (let key = 0; key < KEYS; key += 1) {
    // A fresh line now and then: a long one is wrapped, and counted twice.
    if (key % 40 === 0) {
      await page.keyboard.press('Control+c');
      await page.keyboard.type('clear');
      await page.keyboard.press('Enter');
      await untilShown(page, 'Q', 0);
      await page.waitForFunction(
        (rows) => !(document.querySelector(rows)?.textContent ?? '').includes('Q'),
        ROWS,
      );
    }
    const count = (key % 40) + 1;
    const [own, others] = [untilShown(page, 'Q', count), untilShown(other, 'Q', count)];
    const pressed = Date.now();
    await page.keyboard.press('Q');
    times.own.push((await own) - pressed);
    times.others.push((await others) - pressed);
  }
  return times;
}

async function afterFlood(page: Page): Promise<number> {
  await page.keyboard.press('Control+c');
  await page.keyboard.type(
    "clear; yes 'a line of output that is about as long as eighty letters are, or so' | head -c 50000000; echo do''ne",
  );
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    (rows) => (document.querySelector(rows)?.textContent ?? '').includes('done'),
    ROWS,
    {
      timeout: 120_000,
    },
  );
  const shown = untilShown(page, 'Q', 1);
  const pressed = Date.now();
  await page.keyboard.press('Q');
  return (await shown) - pressed;
}

async function saves(page: Page): Promise<number[]> {
  await page.keyboard.press('Escape');
  await page.waitForTimeout(700);
  await page.keyboard.press('PageDown');
  await page.locator('section.present .cm-content').click();
  const times: number[] = [];
  for (let round = 0; round < SAVES; round += 1) {
    await page.keyboard.type('Z');
    const app = page.frameLocator('section.present iframe');
    const shown = app.getByText('Z'.repeat(round + 1), { exact: false }).waitFor();
    const pressed = Date.now();
    await page.keyboard.press('Control+s');
    await shown;
    times.push(Date.now() - pressed);
  }
  return times;
}

async function benchTouch(): Promise<Row[]> {
  await using copy = await copyTalk();
  const demo = join(copy.folder, 'demos', 'touch');
  await mkdir(demo, { recursive: true });
  await writeFile(join(demo, 'compose.yaml'), COMPOSE);
  await writeFile(
    join(demo, 'Dockerfile'),
    'FROM python:3.13-slim\nCOPY . /srv\nCMD ["python", "/srv/app.py"]\n',
  );
  await writeFile(join(demo, 'app.py'), APP);
  await writeFile(join(demo, 'text.txt'), 'text ');
  await writeFile(copy.deck, DECK);
  await using talk = await present([copy.deck], copy.folder);
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
    const [page, other] = [await context.newPage(), await context.newPage()];
    await page.goto(`${talk.url}#/shell`);
    await page.keyboard.press('PageDown');
    await page.locator(ROWS, { hasText: '#' }).waitFor({ timeout: 60_000 });
    await other.goto(talk.url);
    await other.locator(ROWS, { hasText: '#' }).waitFor();
    await page.locator('section.present .shell-box').click();
    const { own, others } = await echoes(page, other);
    const flood = await afterFlood(page);
    const saved = await saves(page);
    await end(talk.process);
    return [
      {
        what: 'a key in the shell to its echo, of 500; longest',
        measured: `${ms(median(own))}; ${ms(Math.max(...own))}`,
        goal: '25 ms; 60 ms',
        peers: '–',
      },
      {
        what: 'the same on another screen; longest',
        measured: `${ms(median(others))}; ${ms(Math.max(...others))}`,
        goal: '100 ms',
        peers: '–',
      },
      { what: 'the next key after 50 MB of output', measured: ms(flood), goal: '200 ms', peers: '–' },
      {
        what: 'a save in the editor to the changed page (sync); longest of 10',
        measured: `${ms(median(saved))}; ${ms(Math.max(...saved))}`,
        goal: '500 ms',
        peers: '–',
      },
    ];
  } finally {
    await browser.close();
  }
}

printTable('Hands on', await benchTouch());
