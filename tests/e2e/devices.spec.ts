import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { followAddress, present, type Presenting } from './deckhand.ts';

/** Another loopback address stands for this machine's one in the network. */
const OPTIONS = ['--engine', 'none', '--remote-host', '127.0.0.2', '--remote-port', '0'];

const PHONE = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15',
};

/** The speaker view with the card of other devices open. */
async function openSpeaker(context: BrowserContext, talk: Presenting): Promise<Page> {
  const speaker = await context.newPage();
  await speaker.goto(`${talk.url}speaker`);
  await speaker.getByRole('button', { name: /Pair a phone/ }).click();
  await expect(speaker.locator('.devices-qr svg').first()).toBeVisible();
  return speaker;
}

/** What the QR code says. */
async function pairingAddress(speaker: Page): Promise<string> {
  const origin = await speaker
    .locator('.devices-part')
    .first()
    .locator('b', { hasText: '/remote' })
    .textContent();
  const code = await speaker.locator('.devices-code').textContent();
  return `${origin}#${code?.replace('-', '')}`;
}

async function pairPhone(browser: Browser, speaker: Page): Promise<Page> {
  const phone = await (await browser.newContext(PHONE)).newPage();
  await phone.goto(await pairingAddress(speaker));
  await expect(phone.getByRole('button', { name: 'Next' })).toBeVisible();
  await expect(phone.frameLocator('iframe.current').locator('.reveal.ready')).toBeVisible();
  return phone;
}

test('a phone pairs by the code, drives the talk step by step, and shows the notes', async ({
  browser,
  context,
}) => {
  await using talk = await present([...OPTIONS, '--remote']);
  const deck = await context.newPage();
  await deck.goto(`${talk.url}#/why-docker`);
  const speaker = await openSpeaker(context, talk);
  const phone = await pairPhone(browser, speaker);
  expect(new URL(phone.url()).hash).toBe('');
  await expect(speaker.locator('.devices-phone')).toContainText('iPhone');
  await expect(phone.locator('.remote-notes')).toContainText('Repeatability');
  await phone.getByRole('button', { name: 'Next' }).tap();
  await expect(deck.locator('section.present .fragment.visible')).toHaveCount(1);
  await phone.getByRole('button', { name: 'Back' }).tap();
  await expect(deck.locator('section.present .fragment.visible')).toHaveCount(0);
  await phone.getByRole('button', { name: 'Black' }).tap();
  await expect(deck.locator('.reveal')).toHaveClass(/paused/);
  // Kept awake since the first tap.
  expect(await phone.locator('video').evaluate((video: HTMLVideoElement) => !video.paused)).toBe(true);
});

test('the phone runs, stops and resets the demo of the slide, and points by touch', async ({
  browser,
  context,
}) => {
  await using talk = await present([...OPTIONS, '--remote']);
  const deck = await context.newPage();
  await deck.goto(`${talk.url}#/lets-run-it`);
  const speaker = await openSpeaker(context, talk);
  const phone = await pairPhone(browser, speaker);
  await phone.locator('.console-buttons').getByRole('button', { name: 'Play' }).tap();
  await expect(deck.locator('section.present .badge')).toContainText('RECORDED');
  await phone.locator('.console-buttons').getByRole('button', { name: 'Reset' }).tap();
  await expect(deck.locator('section.present .badge')).toHaveCount(0);
  const pad = await phone.locator('.laser-pad').boundingBox();
  if (pad === null) throw new Error('There is no slide to touch');
  const touch = await phone.context().newCDPSession(phone);
  const touchPoints = [{ x: pad.x + pad.width / 2, y: pad.y + pad.height / 2 }];
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await expect(deck.locator('.laser')).toBeVisible();
  expect(
    await deck
      .locator('.laser')
      .evaluate((dot: HTMLElement) => Math.round(Number.parseFloat(dot.style.left))),
  ).toBe(50);
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect(deck.locator('.laser')).toBeHidden();
});

test('a phone that is taken back is told so at once, and its code pairs nobody else', async ({
  browser,
  context,
}) => {
  await using talk = await present([...OPTIONS, '--remote']);
  const speaker = await openSpeaker(context, talk);
  const used = await pairingAddress(speaker);
  const phone = await pairPhone(browser, speaker);
  await speaker.getByRole('button', { name: 'Unpair' }).click();
  await expect(phone.getByRole('heading', { name: 'This phone was unpaired' })).toBeVisible({
    timeout: 2000,
  });
  await expect(speaker.locator('.devices-phone')).toHaveCount(0);
  const other = await (await browser.newContext(PHONE)).newPage();
  await other.goto(used);
  await expect(other.getByRole('alert')).toContainText('This code has paired a phone already');
  await expect(speaker.locator('.devices-card [role=alert]')).toContainText('1 wrong pairing code was tried');
});

test('a phone whose connection was gone is at the right place when it is back', async ({
  browser,
  context,
}) => {
  await using talk = await present([...OPTIONS, '--remote']);
  const deck = await context.newPage();
  await deck.goto(talk.url);
  const speaker = await openSpeaker(context, talk);
  const phone = await pairPhone(browser, speaker);
  await phone.context().setOffline(true);
  await deck.evaluate(() => (location.hash = '#/why-docker'));
  await expect(deck.locator('section.present h2')).toHaveText('Why Docker?');
  await phone.context().setOffline(false);
  await expect(phone.locator('.remote-notes')).toContainText('Repeatability', { timeout: 5000 });
});

test('the audience follows on its own devices, looks back, and returns with one tap', async ({
  browser,
  context,
}) => {
  await using talk = await present([...OPTIONS, '--audience']);
  const deck = await context.newPage();
  await deck.goto(`${talk.url}#/why-docker`);
  const speaker = await context.newPage();
  await speaker.goto(`${talk.url}speaker`);
  const address = await followAddress(speaker);
  const phone = await (await browser.newContext(PHONE)).newPage();
  await phone.goto(address);
  await expect(phone.locator('section.present h2')).toHaveText('Why Docker?');
  expect(await phone.content()).not.toContain('Repeatability: your container');
  await expect(speaker.locator('.devices-card')).toContainText('1 device follows');
  await phone.keyboard.press('ArrowLeft');
  await expect(phone.locator('section.present h2')).not.toHaveText('Why Docker?');
  // The speaker goes on: whoever looks back is left where they are.
  await deck.keyboard.press('PageDown');
  const back = phone.getByRole('button', { name: 'Back to the speaker' });
  await back.tap();
  await expect(phone.locator('section.present h2')).toHaveText('Why Docker?');
  await expect(phone.locator('section.present .fragment.visible')).toHaveCount(1);
  await expect(back).toBeHidden();
  // Nobody gets ahead of the speaker.
  for (let press = 0; press < 30; press += 1) await phone.keyboard.press('ArrowRight');
  await expect(phone.locator('section.present h2')).toHaveText('Why Docker?');
  await expect(deck.locator('section.present .fragment.visible')).toHaveCount(1);
});

test('the audience sees a demo play, chooses its own view of it, and has no button for anything else', async ({
  browser,
  context,
}) => {
  await using talk = await present([...OPTIONS, '--audience']);
  const deck = await context.newPage();
  await deck.goto(`${talk.url}#/lets-run-it`);
  const speaker = await context.newPage();
  await speaker.goto(`${talk.url}speaker`);
  const address = await followAddress(speaker);
  const follower = await (await browser.newContext()).newPage();
  await follower.goto(address);
  await expect(follower.locator('section.present')).toContainText('It starts when the speaker runs it.');
  await deck.keyboard.press('r');
  await expect(follower.locator('section.present .badge')).toContainText('RECORDED');
  await expect(follower.locator('section.present .panel-button')).toHaveCount(0);
  await follower.locator('section.present').getByRole('tab', { name: 'App' }).click();
  await expect(follower.locator('section.present [data-view=app]')).toBeVisible();
  await expect(deck.locator('section.present [data-view=terminal]')).toBeVisible();
});
