import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { copyTalk, end, presentAndRecord } from './deckhand.ts';

const COMPOSE = `services:
  web:
    image: python:3.13-slim
    command: python -u -m http.server 8000
    ports: ["8000"]
    depends_on: [db]
    restart: always
    stop_grace_period: 0s
  docs:
    image: python:3.13-slim
    command: python -m http.server 9000 -d /etc
    stop_grace_period: 0s
  db:
    image: python:3.13-slim
    command: python -u -c "import time; print('db is up', flush=True); time.sleep(1e6)"
    restart: always
    stop_grace_period: 0s
x-demo:
  title: The shop
  apps:
    docs: {service: docs, port: 9000}
  app: {service: web, port: 8000}
  commands:
    who: echo I am $((40 + 2))
`;

const DECK = `## Hands on

::: {.demo name="shop" views="shell map logs:db" steps="start shell type:who run map kill:db"}
:::

## Beside each other

::: {.demo name="shop" views="(map | app:docs) / logs" highlight="up"}
:::
`;

const PRESENT = 'section.present demo-panel';

/** A copy of the talk's folder with one deck, and one demo, "shop". */
async function copyShop(files: Record<string, string>, deck: string) {
  const copy = await copyTalk();
  const shop = join(copy.folder, 'demos', 'shop');
  await mkdir(shop, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(shop, name), text);
  await writeFile(copy.deck, deck);
  return Object.assign(copy, { shop });
}

test('the clicker types a command, runs it, kills a service and sees it healed; the recording shows the same', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  await using copy = await copyShop({ 'compose.yaml': COMPOSE }, DECK);
  await using talk = await presentAndRecord([copy.deck], copy.folder);
  await page.goto(`${talk.url}#/hands-on`);
  const panel = page.locator(PRESENT);
  await page.keyboard.press('PageDown');
  await expect(panel.locator('.panel-phase')).toContainText('ready', { timeout: 60_000 });
  await page.keyboard.press('PageDown');
  await expect(panel.locator('shell-view .xterm-rows')).toContainText('#');
  // Pressed before the command is all there, the next press waits for the rest of it.
  await page.keyboard.press('PageDown');
  await expect(panel.locator('shell-view .xterm-rows')).toContainText('# e');
  await page.keyboard.press('PageDown');
  await expect(panel.locator('shell-view .xterm-rows')).toContainText('I am 42');
  await expect(panel.locator('.shell-command')).toContainText('who: done in');

  // Typed by hand; the clicker works meanwhile, and Escape gives the keys back.
  await panel.locator('.shell-box').click();
  await page.keyboard.type('echo "b.s"');
  await page.keyboard.press('Enter');
  await expect(panel.locator('shell-view .xterm-rows')).toContainText('\u00a0b.s'.trim());
  await page.keyboard.press('Escape');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  await expect(page).toHaveURL(/#\/hands-on/);

  // A second screen shows the same shell, and can take the keyboard.
  const other = await context.newPage();
  await other.goto(talk.url);
  await expect(other.locator(`${PRESENT} shell-view .xterm-rows`)).toContainText('I am 42');
  await other.locator(`${PRESENT} .shell-box`).click();
  await other.keyboard.type('echo from the other');
  await expect(panel.locator('shell-view .xterm-rows')).toContainText('from the other');
  await other.close();

  await page.keyboard.press('PageDown');
  const db = panel.locator('.map-card', { hasText: 'db' });
  await expect(db).toContainText('runs');
  await page.keyboard.press('PageDown');
  await expect(db).toContainText('started again once');
  await expect(db).toContainText('runs');
  await page.keyboard.press('PageDown');
  await expect(page.locator(`${PRESENT} .log-lines mark`).first()).toHaveText('up');
  await expect(page.locator(`${PRESENT} .layout-view`)).toHaveCount(3);
  await expect(page.frameLocator(`${PRESENT} iframe`).locator('body')).toContainText('Directory listing');
  await page.locator(`${PRESENT} .log-filter`).fill('db is');
  await expect(page.locator(`${PRESENT} .log-lines li`).filter({ hasNotText: 'db is up' })).toHaveCount(0);
  await page.keyboard.press('Escape');

  await page.keyboard.press('x');
  await expect(page.locator(`${PRESENT} .panel-phase`)).toContainText('stopped', { timeout: 20_000 });
  await page.keyboard.press('PageUp');
  await expect(panel.getByRole('button', { name: 'Replay' })).toBeVisible();
  await page.keyboard.press('e');
  await expect(panel.locator('.badge')).toContainText('RECORDED');
  await panel.getByRole('tab', { name: 'Shell' }).click();
  await expect(panel.locator('shell-view .xterm-rows')).toContainText('I am 42');
  await expect(panel.locator('.shell-command')).toContainText('who: done in');
  await end(talk.process);
});

const TYPED = `services:
  box: {image: "python:3.13-slim", command: sleep 1000, stop_grace_period: 0s}
x-demo:
  typing: keys
  commands:
    wait: sleep 4 && echo waited
`;

test('any letter types the next one of a command, and Next waits until the command has ended', async ({
  page,
}) => {
  await using copy = await copyShop(
    { 'compose.yaml': TYPED },
    '## Typed\n\n::: {.demo name="shop" views="shell map" steps="start type:wait run"}\n:::\n\n## After\n',
  );
  await using talk = await presentAndRecord([copy.deck], copy.folder);
  await page.goto(`${talk.url}#/typed`);
  const panel = page.locator(PRESENT);
  const shell = panel.locator('shell-view .xterm-rows');
  await page.keyboard.press('PageDown');
  await expect(panel.locator('.panel-phase')).toContainText('ready', { timeout: 60_000 });
  await page.keyboard.press('PageDown');
  await expect(shell).toContainText('#');
  // X stops a demo, and R runs it; here they are letters like any other.
  for (const letter of 'xrq') await page.keyboard.press(letter);
  await expect(shell).toContainText('# sle');
  await expect(shell).not.toContainText('# slee');
  await page.keyboard.press('PageDown');
  await expect(shell).toContainText('# sleep 4 && echo waited');
  await expect(panel.locator('.shell-command')).toContainText('wait runs');
  await page.keyboard.press('PageDown');
  await expect(panel.locator('xpath=..')).toHaveAttribute('data-waits', '');
  await expect(page).toHaveURL(/#\/typed/);
  await expect(page.locator('section.present h2')).toHaveText('After', { timeout: 10_000 });
  await page.keyboard.press('PageUp');
  await expect(shell).toContainText('waited');
  await expect(panel.locator('.shell-command')).toContainText('wait: done in 4');
  await end(talk.process);
});

const CODE = `services:
  box: {image: "python:3.13-slim", command: sleep 1000, stop_grace_period: 0s}
x-demo:
  title: The box
  run: {words: tr a-z A-Z}
`;

const CODE_DECK = `## One line

\`\`\`{.bash .run demo="shop"}
cd /tmp && echo "I am $((40 + 2))"
\`\`\`

## Several

\`\`\`{.python .run demo="shop" expect="4 GNU"}
import os
for one in ["GNU"]:
    print(2 + 2, one, os.getcwd())
\`\`\`

## Its own program

\`\`\`{.words .run demo="shop"}
quiet
\`\`\`

## Wrong

\`\`\`{.bash .run demo="shop"}
ls /nowhere
\`\`\`
`;

test('code on a slide runs in its demo, which starts first, and what it prints stands below, live and recorded', async ({
  page,
}) => {
  await using copy = await copyShop({ 'compose.yaml': CODE }, CODE_DECK);
  await using talk = await presentAndRecord([copy.deck], copy.folder);
  await page.goto(`${talk.url}#/one-line`);
  const output = page.locator('section.present .code-output');
  await expect(output).toContainText('runs in The box');
  await page.keyboard.press('PageDown');
  await expect(output.locator('pre')).toHaveText('I am 42', { timeout: 60_000 });
  await expect(output).toContainText('LIVE');
  await expect(output).toContainText('done in');
  await page.keyboard.press('PageDown');
  await expect(page).toHaveURL(/#\/several/);
  await page.keyboard.press('PageDown');
  // In the same shell: what the block before has set stays.
  await expect(output.locator('pre')).toHaveText('4 GNU /tmp');
  await expect(output).toContainText('done in');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  await expect(output.locator('pre')).toHaveText('QUIET');
  await expect(output).toContainText('done in');
  await page.keyboard.press('PageDown');
  await output.getByRole('button', { name: 'Run' }).click();
  await expect(output.locator('pre')).toContainText('No such file');
  await expect(output).toContainText('ended with 2');

  await page.keyboard.press('x');
  await expect(output.locator('.badge')).not.toContainText('LIVE', { timeout: 20_000 });
  await page.goto(`${talk.url}#/several`);
  await expect(output.locator('pre')).toHaveText('4 GNU /tmp');
  await page.keyboard.press('z');
  await expect(output).toHaveAttribute('data-origin', 'none');
  // The recording is there a moment after everything has stopped; until then E says that there is none.
  await expect(async () => {
    await page.keyboard.press('e');
    await expect(output).toHaveAttribute('data-origin', 'recorded', { timeout: 1000 });
  }).toPass();
  await page.keyboard.press('t');
  await expect(output).toContainText('RECORDED');
  await expect(output.locator('pre')).toHaveText('4 GNU /tmp');
  await end(talk.process);
});

const APP = `import http.server
TEXT = "one"
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f"<h1>It says {TEXT}</h1>".encode())
http.server.ThreadingHTTPServer(("", 8000), Handler).serve_forever()
`;

const EDITED = `services:
  web:
    build: .
    ports: ["8000"]
    stop_grace_period: 0s
    develop:
      watch: [{action: sync+restart, path: app.py, target: /srv/app.py}]
x-demo:
  edit: [app.py]
  edits: {two: two.patch}
`;
const PATCH =
  '--- a/app.py\n+++ b/app.py\n@@ -1,3 +1,3 @@\n import http.server\n-TEXT = "one"\n+TEXT = "two"\n class Handler(http.server.BaseHTTPRequestHandler):\n';

test('code is edited on the slide and runs; the clicker plays a prepared edit; the author’s file stays until it is kept', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  await using copy = await copyShop(
    {
      'compose.yaml': EDITED,
      Dockerfile: 'FROM python:3.13-slim\nCOPY app.py /srv/\nCMD ["python", "/srv/app.py"]\n',
      'app.py': APP,
      'two.patch': PATCH,
    },
    '## Edit\n\n::: {.demo name="shop" views="edit:app.py | app" steps="start edit:two"}\n:::\n',
  );
  const { shop } = copy;
  await using talk = await presentAndRecord([copy.deck], copy.folder);
  await page.goto(`${talk.url}#/edit`);
  const panel = page.locator(PRESENT);
  const app = page.frameLocator(`${PRESENT} iframe`);
  await page.keyboard.press('PageDown');
  await expect(panel.locator('.cm-content')).toContainText('TEXT = "one"', { timeout: 60_000 });
  await expect(app.locator('h1')).toHaveText('It says one');

  // The clicker plays the prepared edit.
  await page.keyboard.press('PageDown');
  await expect(panel.locator('.cm-changed')).toContainText('TEXT = "two"');
  await expect(app.locator('h1')).toHaveText('It says two', { timeout: 20_000 });
  await expect(panel.locator('.view-status')).toContainText('changed, and saved');

  // A hand edits; another screen sees it before it is saved.
  const other = await context.newPage();
  await other.goto(talk.url);
  await panel.getByText('TEXT = "two"').click();
  await page.keyboard.press('End');
  await page.keyboard.type('  # by hand');
  await expect(panel.locator('.view-status')).toContainText('not saved');
  await expect(other.locator(`${PRESENT} .cm-content`)).toContainText('# by hand');
  await page.keyboard.press('Control+s');
  await expect(panel.locator('.view-status')).toContainText('changed, and saved');
  expect(await readFile(join(shop, 'app.py'), 'utf8')).toBe(APP);
  await panel.getByRole('button', { name: 'Keep these edits' }).click();
  await expect.poll(() => readFile(join(shop, 'app.py'), 'utf8')).toContain('TEXT = "two"  # by hand');
  await other.close();

  // The recording edits, too.
  await page.keyboard.press('x');
  await expect(panel.getByRole('button', { name: 'Replay' })).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('e');
  await expect(panel.locator('.badge')).toContainText('RECORDED');
  await expect(panel.locator('.cm-content')).toContainText('# by hand', { timeout: 20_000 });
  await end(talk.process);
});
