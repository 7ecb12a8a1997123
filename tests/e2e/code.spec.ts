import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { copyTalk, present } from './deckhand.ts';

test('line steps light some lines of code after the other, and go back', async ({ page }) => {
  await using talk = await copyTalk();
  const code = '``` {.python data-line-numbers="1|3-4"}\na = 1\nb = 2\nc = 3\nd = 4\n```';
  await writeFile(talk.deck, `## Code\n\n${code}\n\n## Next\n\nHello.\n`);
  await using server = await present([talk.deck, '--engine', 'none'], talk.folder);
  await page.goto(server.url);
  const lit = page.locator('section.present .line:not(.dimmed)');
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  await expect(lit).toHaveText(['a = 1']);
  await page.keyboard.press('PageDown');
  await expect(lit).toHaveText(['c = 3', 'd = 4']);
  await page.keyboard.press('PageUp');
  await expect(lit).toHaveText(['a = 1']);
});
