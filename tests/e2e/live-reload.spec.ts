import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { copyTalk, present } from './deckhand.ts';

test('saving the deck changes the slide in place: same slide, same step, no picture loads again', async ({
  page,
}) => {
  await using talk = await copyTalk();
  await using server = await present([talk.deck, '--engine', 'none'], talk.folder);
  await page.goto(`${server.url}#/why-docker`);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  for (let step = 0; step < 2; step += 1) await page.keyboard.press('PageDown');
  await expect(page.locator('section.present .fragment.visible')).toHaveCount(2);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const source = await readFile(talk.deck, 'utf8');
  await writeFile(talk.deck, source.replace('> - Reusability ', '> - Reusability, changed'));
  await expect(page.locator('section.present')).toContainText('Reusability, changed');
  await expect(page.locator('section.present .fragment.visible')).toHaveCount(2);
  expect(await page.evaluate(() => location.hash)).toContain('why-docker');
  expect(requests.filter((url) => /\.(gif|png|css)$/.test(url))).toEqual([]);
});

test('a slide put in before this one keeps the talk on this one', async ({ page }) => {
  await using talk = await copyTalk();
  await using server = await present([talk.deck, '--engine', 'none'], talk.folder);
  await page.goto(`${server.url}#/why-docker`);
  await expect(page.locator('section.present h2')).toHaveText('Why Docker?');
  // The talk is there, not only this window.
  const place = async () =>
    (await (await page.request.get(`${server.url}api/stage`)).json()) as { position: { h: number } };
  await expect.poll(async () => (await place()).position.h).toBeGreaterThan(0);
  const source = await readFile(talk.deck, 'utf8');
  await writeFile(talk.deck, source.replace('## About me', '## A new one\n\nHello.\n\n## About me'));
  await expect(page.locator('#a-new-one')).toHaveCount(1);
  await expect(page.locator('section.present h2')).toHaveText('Why Docker?');
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('section.present h2')).toHaveText(headingBefore(source, 'Why Docker?'));
});

/** The heading of the slide before the one of that name. */
function headingBefore(source: string, heading: string): string {
  const headings = [...source.matchAll(/^## (.+?)\s*$/gm)].map((match) => match[1] ?? '');
  return headings[headings.indexOf(heading) - 1] ?? '';
}

test('a deck with an error leaves the last good one up and says where the error is', async ({ page }) => {
  await using talk = await copyTalk();
  await using server = await present([talk.deck, '--engine', 'none'], talk.folder);
  await page.goto(server.url);
  await expect(page.locator('section.present h1')).toContainText('Docker + Python');
  const source = await readFile(talk.deck, 'utf8');
  await writeFile(talk.deck, source.replace('name="django"', 'name="jango"'));
  await expect(page.locator('.message')).toContainText(/slides\/talk\.md:\d+:\d+: .*jango/);
  await expect(page.locator('section.present h1')).toContainText('Docker + Python');
  await writeFile(talk.deck, source.replace('About me', 'About us'));
  await expect(page.locator('.message')).toHaveCount(0);
  await expect(page.locator('section.future h2').first()).toHaveText('About us');
});

test('a panel goes on playing while its slide is saved', async ({ page }) => {
  await using talk = await copyTalk();
  await using server = await present([talk.deck, '--engine', 'none'], talk.folder);
  await page.goto(`${server.url}#/lets-run-it`);
  await expect(page.locator('section.present demo-panel')).toBeVisible();
  await page.keyboard.press('r');
  await expect(page.locator('section.present .panel')).toHaveAttribute('data-phase', /pulling|building/);
  await page.locator('section.present demo-panel').evaluate((panel) => (panel.dataset['mine'] = 'yes'));
  const source = await readFile(talk.deck, 'utf8');
  await writeFile(talk.deck, source.replace("## Let's run it", "## Let's run it now {#lets-run-it}"));
  await expect(page.locator('section.present h2')).toHaveText('Let’s run it now');
  await expect(page.locator('section.present demo-panel[data-mine="yes"] .badge')).toContainText('RECORDED');
});
