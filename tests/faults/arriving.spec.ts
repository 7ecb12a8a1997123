import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { present, type Presenting } from '../e2e/deckhand.ts';

async function openAt(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  return page;
}

const placeOf = (page: Page) => page.evaluate(() => document.querySelector('.slides section.present')?.id);

async function positionOf(
  talk: Presenting,
  page: Page,
): Promise<{ position: { h: number }; version: number }> {
  return (await (await page.request.get(`${talk.url}api/stage`)).json()) as {
    position: { h: number };
    version: number;
  };
}

/** Another web page that this browser has open: at another port, which is another origin's page to us, and on 127.0.0.1 another site's. */
async function serveForeignPage(html: string, host = '127.0.0.1'): Promise<{ url: string; close(): void }> {
  const server = createServer((_request, response) =>
    response.setHeader('Content-Type', 'text/html').end(html),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}/`,
    close: () => void server.close(),
  };
}

test('a window that arrives joins the talk where it is; only a slide that was typed takes it along', async ({
  context,
}) => {
  await using talk = await present(['--engine', 'none']);
  // Nothing has begun: an address that was typed begins there.
  const first = await openAt(context, `${talk.url}#/why-docker`);
  await expect.poll(async () => (await positionOf(talk, first)).position.h).toBeGreaterThan(0);
  const { position: before } = await positionOf(talk, first);
  // One more window.
  const second = await openAt(context, talk.url);
  await expect.poll(() => placeOf(second)).toBe('why-docker');
  expect((await positionOf(talk, first)).position).toEqual(before);
  // A link of another page.
  const foreign = await serveForeignPage(`<a href="${talk.address}#/about-me">a</a>`);
  const led = await context.newPage();
  await led.goto(foreign.url);
  await led.locator('a').click();
  // Cookies don't go where another page leads: the speaker opens the talk from there.
  await led.getByRole('link', { name: 'Open the talk' }).click();
  await expect(led.locator('.reveal')).toHaveClass(/ready/);
  await expect.poll(() => placeOf(led)).toBe('why-docker');
  foreign.close();
  expect((await positionOf(talk, first)).position).toEqual(before);
  // The speaker's own hand, in a new window and in one that is open.
  const third = await openAt(context, `${talk.url}#/about-me`);
  await expect.poll(() => placeOf(first)).toBe('about-me');
  await third.evaluate(() => (location.hash = '#/why-docker'));
  await expect.poll(() => placeOf(first)).toBe('why-docker');
});

test('a foreign link opened before the talk begins does not begin it elsewhere', async ({ context }) => {
  await using talk = await present(['--engine', 'none']);
  // Another port of the same host: from another site the browser would be asked to open the talk itself.
  const foreign = await serveForeignPage(`<a href="${talk.url}#/about-me">a</a>`, 'localhost');
  const page = await context.newPage();
  await page.goto(foreign.url);
  await page.locator('a').click();
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  await expect.poll(() => placeOf(page)).toBe('title-slide');
  expect((await positionOf(talk, page)).version).toBe(0);
  foreign.close();
});

/** An address of this machine as others see it: unlike on loopback, a browser does not part our pages there from who opened them. */
function lanAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((some) => some ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.2';
}

/** Opens the second listener, pairs this browser as a phone, and returns the listener's origin. */
async function joinLan(context: BrowserContext, talk: Presenting): Promise<string> {
  const speaker = await openPage(context, `${talk.url}speaker`);
  await speaker.getByRole('button', { name: /Pair a phone/ }).click();
  const part = speaker.locator('.devices-part').first();
  const address = await part.locator('b', { hasText: '/remote' }).textContent();
  const code = await speaker.locator('.devices-code').textContent();
  const phone = await openPage(context, `${address}#${code?.replace('-', '')}`);
  await expect(phone.getByRole('button', { name: 'Next' })).toBeVisible();
  await speaker.close();
  await phone.close();
  return new URL(address ?? '').origin;
}

async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Opens an address in a popup, leads that to another slide, and goes there itself. */
const LEADING = `<button id="open">Open</button><button id="lead">Lead</button><button id="go">Go</button><script>
let popup;
document.querySelector('#open').onclick = () => (popup = open(document.title));
document.querySelector('#lead').onclick = () => (popup.location = document.title.replace(/#.*/, '#/4'));
document.querySelector('#go').onclick = () => (location = document.title);
</script>`;

test('no popup and no redirect of another page moves the talk, on the laptop or on a phone @long', async ({
  context,
}) => {
  const lan = ['--remote', '--audience', '--remote-host', lanAddress(), '--remote-port', '0'];
  await using talk = await present(['--engine', 'none', ...lan]);
  const deck = await openAt(context, `${talk.url}#/why-docker`);
  await expect.poll(async () => (await positionOf(talk, deck)).position.h).toBeGreaterThan(0);
  const origin = await joinLan(context, talk);
  const { position: before } = await positionOf(talk, deck);
  // A page of the same site has the talk's cookies with it, one of another has not.
  const sites = await Promise.all(['localhost', '127.0.0.1'].map((host) => serveForeignPage(LEADING, host)));
  for (const url of [`${talk.address}#/2`, `${origin}/slides#/3`, `${origin}/follow#/3`]) {
    for (const site of sites) {
      const foreign = await openPage(context, site.url);
      await foreign.evaluate((target) => (document.title = target), url);
      const opened = context.waitForEvent('page');
      await foreign.locator('#open').click();
      const popup = await opened;
      await popup.waitForLoadState();
      await foreign.locator('#lead').click();
      await foreign.locator('#go').click();
      for (const page of [popup, foreign]) {
        const link = page.getByRole('link', { name: 'Open the talk' });
        const ready = page.locator('.reveal.ready');
        await expect(link.or(ready).first()).toBeVisible();
        if (await link.isVisible()) await link.click();
        await expect(ready).toBeVisible();
        await expect.poll(() => placeOf(page), `${page.url()} from ${site.url}`).toBe('why-docker');
        await page.close();
      }
      expect((await positionOf(talk, deck)).position, `${url} from ${site.url}`).toEqual(before);
    }
  }
  for (const site of sites) site.close();
});
