import { expect, test } from '@playwright/test';
import { end, present } from './deckhand.ts';

test('a window that a link opened beside another does not pull the others back at their next step', async ({
  page,
  context,
}) => {
  const talk = await present(['--engine', 'none']);
  await page.goto(`${talk.url}#/why-docker`);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  const second = await context.newPage();
  await second.goto(`${talk.url}#/why-docker`);
  await expect(second.locator('.reveal')).toHaveClass(/ready/);
  await page.bringToFront();
  const seen = (one: typeof page) => one.locator('section.present .fragment.visible');
  for (const step of [1, 2, 3]) {
    await page.keyboard.press('PageDown');
    for (const one of [second, page]) await expect(seen(one)).toHaveCount(step);
  }
  await end(talk.process);
});
