import { chromium, expect, test } from '@playwright/test';
import { CHROMIUM_ARGUMENTS } from '../../src/chromium/chromium.ts';
import { NETWORK_CHANGED, presentAndRecord, ROOT } from '../e2e/deckhand.ts';
import { makeNamespace } from '../e2e/network.ts';

const LOADS = 8;

test('each window that is opened while links come and go is there, and styled @network', async () => {
  await using network = await makeNamespace();
  await using talk = await presentAndRecord(['--engine', 'none', '--no-record'], ROOT, '0', network.prefix);
  const executablePath = await network.wrap(process.env['CHROMIUM'] ?? chromium.executablePath());
  await using browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  let hit = 0;
  const load = async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    page.on('requestfailed', (request) => (hit += Number(request.failure()?.errorText === NETWORK_CHANGED)));
    // A page whose very address is lost is the browser's own to load again.
    await expect(async () => void (await page.goto(talk.url, { waitUntil: 'commit' }))).toPass();
    await expect(page.locator('.reveal.ready .slides section.present').first()).toBeVisible();
    await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(11, 16, 32)');
    await context.close();
  };
  const changes = await network.whileChanging(async () => {
    for (let loaded = 0; loaded < LOADS; loaded += 1) await load();
  });
  expect(changes).toBeGreaterThan(LOADS);
  expect(hit).toBeGreaterThan(0);
});
