import { mkdir, writeFile } from 'node:fs/promises';
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
  db:
    image: python:3.13-slim
    command: python -u -c "import time; print('db is up', flush=True); time.sleep(1e6)"
    restart: always
    stop_grace_period: 0s
x-demo:
  title: The shop
  commands:
    who: echo I am $((40 + 2))
`;

const DECK = `## Hands on

::: {.demo name="shop" views="shell map logs:db" steps="start shell type:who run map kill:db"}
:::

## Beside each other

::: {.demo name="shop" views="(map | app) / logs" highlight="up"}
:::
`;

const PRESENT = 'section.present demo-panel';

test('the clicker types a command, runs it, kills a service and sees it healed; the recording shows the same', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  await using copy = await copyTalk();
  const shop = join(copy.folder, 'demos', 'shop');
  await mkdir(shop, { recursive: true });
  await writeFile(join(shop, 'compose.yaml'), COMPOSE);
  await writeFile(copy.deck, DECK);
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
