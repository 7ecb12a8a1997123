import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { present } from './deckhand.ts';

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
