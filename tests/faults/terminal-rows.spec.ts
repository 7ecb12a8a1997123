import { expect, test, type Page } from '@playwright/test';
import { castDeck, castV3 } from '../e2e/casts.ts';
import { present } from '../e2e/deckhand.ts';

const ROWS = [5, 20, 25, 28, 38, 45, 60, 78, 120];
const SCREENS = [
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
  { width: 1024, height: 768 },
  { width: 844, height: 390 },
];

/** How far the last row and the last column stand out of the terminal's place, in the screen's pixels. */
async function outside(page: Page): Promise<{ below: number; right: number }> {
  return page.evaluate(() => {
    const section = document.querySelector('section.present');
    const place = section?.querySelector('.terminal-box')?.getBoundingClientRect();
    const screen = section?.querySelector('.xterm-screen')?.getBoundingClientRect();
    const row = section?.querySelector('.xterm-rows > div:last-child')?.getBoundingClientRect();
    if (place === undefined || screen === undefined || row === undefined)
      throw new Error('There is no terminal');
    return { below: Math.max(row.bottom, screen.bottom) - place.bottom, right: screen.right - place.right };
  });
}

/** Plays a recording of each height, and looks at its last row on each screen. */
async function expectEveryRow(page: Page, heights: readonly number[]): Promise<void> {
  const casts = heights.map((rows) => {
    const lines = Array.from({ length: rows }, (_, i) => `row ${i + 1}`).join('\r\n');
    const term = { cols: rows === 28 ? 200 : 80, rows };
    return [
      `rows-${rows}`,
      castV3(
        [
          [0.1, 'o', lines],
          [0.1, 'x', '0'],
        ],
        { term },
      ),
    ] as const;
  });
  await using copy = await castDeck(Object.fromEntries(casts));
  await using talk = await present([copy.deck, '--engine', 'none']);
  for (const rows of heights) {
    await page.goto(`${talk.url}#/rows-${rows}`);
    await expect(page.locator('section.present demo-panel')).toBeVisible();
    await page.keyboard.press('r');
    await page.keyboard.press('t');
    const terminal = page.locator('section.present .xterm-rows');
    await expect(terminal).toContainText(`row ${rows}`);
    await expect(terminal.locator('> div')).toHaveCount(rows);
    for (const screen of SCREENS) {
      await page.setViewportSize(screen);
      await expect
        .poll(
          async () => {
            const { below, right } = await outside(page);
            return below < 0.5 && right < 0.5;
          },
          { message: `${rows} rows on ${screen.width}x${screen.height}`, intervals: [20, 50, 100, 200] },
        )
        .toBe(true);
    }
  }
}

test('every row of a recording is in its panel, in windows of every size', async ({ page }) => {
  await expectEveryRow(page, [28, 60]);
});

test('every row of a recording of any height is in its panel @long', async ({ page }) => {
  test.setTimeout(240_000);
  await expectEveryRow(page, ROWS);
});
