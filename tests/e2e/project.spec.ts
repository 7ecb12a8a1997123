import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { copyTalk, deckhand, end, present } from './deckhand.ts';

const PROJECT =
  'services:\n  web:\n    image: python:3.13-slim\n    command: python -m http.server 8000\n    ports: ["8000:8000"]\n';

test('a slide shows a project anywhere, with all of its views, and another one as soon as the deck names it', async ({
  page,
}) => {
  await using copy = await copyTalk();
  const shop = join(copy.folder, 'elsewhere', 'shop');
  await mkdir(shop, { recursive: true });
  await writeFile(join(shop, 'docker-compose.yml'), PROJECT);
  await writeFile(copy.deck, '## Shop\n\n::: {.demo name="shop" src="elsewhere/shop"}\n:::\n');
  await using talk = await present([copy.deck, '--engine', 'none'], copy.folder);
  await page.goto(`${talk.url}#/shop`);
  const panel = page.locator('section.present demo-panel');
  await expect(panel).toContainText('shop');
  await expect(panel.locator('[data-view]')).toHaveCount(2);

  await cp(shop, join(copy.folder, 'elsewhere', 'other'), { recursive: true });
  await writeFile(
    copy.deck,
    '## Shop\n\n::: {.demo name="other" src="elsewhere/other" title="The other one" app="web:8000/x"}\n:::\n',
  );
  await expect(panel).toContainText('The other one');
  await expect(panel.locator('[data-view="app"]')).toHaveCount(1);
  await end(talk.process);
});

test('what is wrong with a project is said with its file and line, by check and on the panel', async ({
  page,
}) => {
  await using copy = await copyTalk();
  const shop = join(copy.folder, 'shop');
  await mkdir(shop);
  await writeFile(join(shop, 'compose.yml'), `${PROJECT}    privileged: true\n    prots: [1]\n`);
  await writeFile(copy.deck, '## Shop\n\n::: {.demo name="shop" src="shop"}\n:::\n');
  const checked = await deckhand(['check', copy.deck], copy.folder);
  expect(checked.code).toBe(1);
  expect(checked.stdout).toMatch(/shop\/compose\.yml:6:5: error: needs-trust: "web" can do anything/u);
  expect(checked.stdout).toMatch(/shop\/compose\.yml:7:5: error: unknown-key: "prots" .*\n.*"ports"/u);
  await using talk = await present([copy.deck, '--engine', 'none'], copy.folder);
  await page.goto(`${talk.url}#/shop`);
  await page.keyboard.press('r');
  await expect(page.locator('section.present demo-panel')).toContainText('compose.yml:6:5');
  await end(talk.process);
});
