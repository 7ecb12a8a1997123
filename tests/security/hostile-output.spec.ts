import { expect, test, type Page } from '@playwright/test';
import { castDeck, castV3 } from '../e2e/casts.ts';
import { present } from '../e2e/deckhand.ts';

const CSI = '\u001B[';
const MOST = 2_147_483_647;

/** What a terminal would do two thousand million times, three hundred times over; then what is to be seen. */
const HOSTILE: Record<string, string> = {
  repeat: `x${CSI}${MOST}b`.repeat(300),
  lines: ['L', 'M', 'S', 'T'].map((final) => `${CSI}${MOST}${final}`.repeat(300)).join(''),
  letters: ['@', 'P', 'X', 'I', 'Z', 'E', 'A', 'H']
    .map((final) => `${CSI}${MOST}${final}`.repeat(300))
    .join(''),
  strings: `\u001BP${'q#0~'.repeat(100_000)}\u001B\\\u001B]52;c;${'a'.repeat(500_000)}\u0007`,
  screens: `${CSI}?1049h${CSI}?1049l\u001Bc\u001B#8`.repeat(300),
  windows: `${CSI}8;999;999t${CSI}8;1;1t`.repeat(20) + `${CSI}8;24;80t`,
  marks: `a${'\u0301'.repeat(500_000)}`,
};

/** The page's own clock: how long it let a key wait at most. */
async function expectQuickKeys(page: Page): Promise<void> {
  for (let press = 0; press < 4; press += 1) {
    const before = await page.evaluate(() => performance.now());
    await page.keyboard.press('b');
    await expect(page.locator('.reveal.paused')).toHaveCount(press % 2 === 0 ? 1 : 0);
    const after = await page.evaluate(() => performance.now());
    expect(after - before).toBeLessThan(3000);
  }
}

/** The longest time, in ms, in which the page did nothing else: told by the browser. */
async function watchTasks(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    Object.assign(globalThis, { longest: 0 });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        Object.assign(globalThis, {
          longest: Math.max(duration, (globalThis as unknown as { longest: number }).longest),
        });
    }).observe({ type: 'longtask', buffered: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as { longest: number }).longest);
}

test('hostile output freezes no screen, while it plays and after a reload @long', async ({ page }) => {
  const casts = Object.entries(HOSTILE).map(([name, text]) => {
    const lines = Array.from({ length: 3 }, (_, i): [number, string, string] => [0.1 * i, 'o', text]);
    return [
      name,
      castV3([...lines, [0.1, 'o', `\u0018\u001Bc${CSI}mthe end of ${name}`], [0.1, 'x', '0']]),
    ] as const;
  });
  await using copy = await castDeck(Object.fromEntries(casts));
  await using talk = await present([copy.deck, '--engine', 'none']);
  const longest = await watchTasks(page);
  for (const name of Object.keys(HOSTILE)) {
    await page.goto(`${talk.url}#/${name}`);
    await expect(page.locator('section.present demo-panel')).toBeVisible();
    await page.keyboard.press('r');
    await expect(page.locator('section.present .replay-bar')).toBeVisible();
    await expectQuickKeys(page);
    await expect(page.locator('section.present .xterm-rows')).toContainText(`the end of ${name}`);
    await page.reload();
    await expect(page.locator('section.present .xterm-rows')).toContainText(`the end of ${name}`);
    await expectQuickKeys(page);
    expect([name, await longest()]).toEqual([name, expect.any(Number)]);
    expect(await longest(), name).toBeLessThan(1000);
  }
});
