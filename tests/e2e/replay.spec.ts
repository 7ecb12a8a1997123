import { expect, test, type Page } from '@playwright/test';
import { end, present } from './deckhand.ts';

const panel = (page: Page) => page.locator('section.present .panel');
const bar = (page: Page) => page.locator('section.present .replay-bar');
const place = (page: Page) =>
  page
    .locator('section.present .seek-track')
    .evaluate((track) => Number(track.getAttribute('aria-valuenow')));

async function openDemo(page: Page, url: string): Promise<void> {
  await page.goto(`${url}#/lets-run-it`);
  await expect(page.locator('section.present demo-panel')).toBeVisible();
}

test('a recording is held, stepped through, sped up and sought by buttons, and every screen follows', async ({
  page,
  context,
}) => {
  await using talk = await present(['--engine', 'none']);
  await openDemo(page, talk.url);
  const second = await context.newPage();
  await openDemo(second, talk.url);
  await expect(bar(page)).toHaveCount(0);
  await page.keyboard.press('e');
  const button = (name: string) => bar(page).getByRole('button', { name, exact: true });
  await button('Pause').click();
  await expect(bar(second).getByRole('button', { name: 'Play', exact: true })).toBeVisible();

  await button('Skip to the result').click();
  for (const screen of [page, second]) {
    await expect(panel(screen)).toHaveAttribute('data-phase', 'ready');
    await expect(panel(screen).locator('img.app-picture')).toBeVisible();
    await expect(panel(screen).locator('li[data-state="done"], li[data-state="cached"]')).toHaveCount(9);
  }
  await button('Step back').click();
  for (const screen of [page, second]) await expect(panel(screen)).not.toHaveAttribute('data-phase', 'ready');
  for (const speed of ['2×', '4×', '8×', '16×']) {
    await button('Faster').click();
    for (const screen of [page, second]) await expect(bar(screen).locator('output')).toHaveText(speed);
  }
  await expect(button('Faster')).toBeDisabled();
  await button('Play').click();
  for (const screen of [page, second])
    await expect(bar(screen).getByRole('button', { name: 'Play again' })).toBeVisible({ timeout: 20_000 });
  await end(talk.process);
});

test('keys drive a recording, and none of them is another key of the deck', async ({ page }) => {
  await using talk = await present(['--engine', 'none']);
  await openDemo(page, talk.url);
  await page.keyboard.press('e');
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press('e');
  await expect(bar(page).getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.keyboard.press('t');
  await expect(panel(page)).toHaveAttribute('data-phase', 'ready');
  await page.keyboard.press('u');
  await expect(panel(page)).not.toHaveAttribute('data-phase', 'ready');
  await page.keyboard.press('i');
  await expect(panel(page)).toHaveAttribute('data-phase', 'ready');
  await page.keyboard.press('Equal');
  await expect(bar(page).locator('output')).toHaveText('2×');
  await page.keyboard.press('-');
  await page.keyboard.press('-');
  await expect(bar(page).locator('output')).toHaveText('½×');
  await expect(page).toHaveURL(/#\/lets-run-it$/);
  await page.keyboard.press('Shift+Slash');
  await expect(page.locator('.r-overlay-help')).toContainText('Recording: skip to the result');
  await end(talk.process);
});

test('the seek bar goes where it is clicked, dragged or sent by an arrow key, and leaves the clicker its keys', async ({
  page,
}) => {
  await using talk = await present(['--engine', 'none']);
  await openDemo(page, talk.url);
  await page.keyboard.press('e');
  const track = page.locator('section.present .seek-track');
  await expect(track).toBeVisible();
  await page.keyboard.press('e');
  const { x, y, width, height } = (await track.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const total = Number(await track.getAttribute('aria-valuemax'));
  expect(total).toBeGreaterThan(3);
  await page.mouse.click(x + width * 0.5, y + height / 2);
  await expect.poll(() => place(page)).toBe(Math.round(total / 2));
  await page.mouse.move(x + width * 0.5, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.8, y + height / 2, { steps: 5 });
  await page.mouse.move(x + width + 50, y - 40, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => place(page)).toBe(total);
  await expect(track).not.toBeFocused();

  await track.focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => place(page)).toBeLessThan(total);
  await expect(page).toHaveURL(/#\/lets-run-it$/);
  await page.keyboard.press('PageDown');
  await expect(page).not.toHaveURL(/#\/lets-run-it$/);
  await page.keyboard.press('PageUp');
  await expect(page).toHaveURL(/#\/lets-run-it$/);
  await end(talk.process);
});

test('a mirror shows the recording and no buttons', async ({ page }) => {
  await using talk = await present(['--engine', 'none']);
  await openDemo(page, talk.url);
  const mirror = await page.context().newPage();
  await mirror.goto(`${talk.url}?mirror=next`);
  await page.keyboard.press('e');
  await expect(bar(page)).toBeVisible();
  await expect(mirror.locator('.replay-bar')).toHaveCount(0);
  await end(talk.process);
});

test('a question that was recorded is answered on every screen, and another one is told that it was not', async ({
  page,
  context,
}) => {
  await using talk = await present(['--engine', 'none']);
  await page.goto(`${talk.url}#/the-same-library-in-a-container`);
  await expect(page.locator('section.present demo-panel')).toBeVisible();
  await page.keyboard.press('e');
  await page.keyboard.press('t');
  await page.getByRole('tab', { name: 'Ask' }).click();
  const second = await context.newPage();
  await second.goto(`${talk.url}#/the-same-library-in-a-container`);
  const recorded = page.locator('section.present .ask-example').last();
  const question = (await recorded.textContent())?.trim() ?? '';
  expect(question).not.toBe('');
  const input = page.locator('section.present .ask-input');
  await input.fill(`  ${question.toUpperCase()} `);
  await input.press('Enter');
  for (const screen of [page, second]) {
    await expect(screen.locator('section.present .ask-parts b').first()).toBeVisible();
    await expect(bar(screen).getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  }
  await input.fill('an address that nobody asked for');
  await input.press('Enter');
  await expect(page.locator('section.present .ask-refused')).toContainText(
    'only the questions that were asked',
  );
  await end(talk.process);
});
