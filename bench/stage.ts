import type { Page } from 'playwright';
import { launchChromium } from '../src/chromium/chromium.ts';
import { present } from '../tests/e2e/deckhand.ts';
import { median, ms, printTable } from './table.ts';

const PRESSES = 500;
/** Steps in one direction; the talk has more. */
const RUN = 20;

/** Prints how long a press in the speaker view takes to be seen in the audience's window. */
export async function benchStage(): Promise<void> {
  const browser = await launchChromium();
  await using talk = await present(['--engine', 'none']);
  try {
    const open = async (path: string, ready: string) => {
      // Windows of their own: a tab in the background is slowed down.
      const page = await (await browser.newContext()).newPage();
      await page.goto(`${talk.url}${path}`);
      await page.locator(ready).first().waitFor({ state: 'attached' });
      return page;
    };
    const audience = await open('', '.reveal.ready');
    const speaker = await open('speaker', 'iframe.current');
    await speaker.frameLocator('iframe.current').locator('.reveal.ready').waitFor();
    const times: number[] = [];
    for (let press = 0; press < PRESSES; press += 1)
      times.push(await pressToChange(speaker, audience, press));
    printTable('The stage', [
      {
        what: `a press in the speaker view to the change in the audience's window, ${PRESSES} presses`,
        measured: `${ms(median(times))} in the middle, ${ms(Math.max(...times))} at worst`,
        goal: '50 ms, 150 ms',
        peers: '',
      },
    ]);
  } finally {
    await browser.close();
  }
}

/** Some steps on, as many back: every press changes something. */
async function pressToChange(speaker: Page, audience: Page, press: number): Promise<number> {
  const changed = audience.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          resolve(performance.timeOrigin + performance.now());
        });
        const slides = document.querySelector('.slides');
        if (slides !== null)
          observer.observe(slides, { attributes: true, subtree: true, attributeFilter: ['class'] });
      }),
  );
  // The observer is there before the key is pressed.
  await audience.evaluate(() => 0);
  const isForward = Math.floor(press / RUN) % 2 === 0;
  const pressed = await speaker.evaluate(
    (keyCode) => {
      const at = performance.timeOrigin + performance.now();
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: keyCode === 34 ? 'PageDown' : 'PageUp', keyCode, bubbles: true }),
      );
      return at;
    },
    isForward ? 34 : 33,
  );
  return (await changed) - pressed;
}

await benchStage();
