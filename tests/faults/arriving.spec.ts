import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

/** Another web page that this browser has open: at another port, which is another site's page to us. */
async function serveForeignPage(html: string): Promise<{ url: string; close(): void }> {
  const server = createServer((_request, response) =>
    response.setHeader('Content-Type', 'text/html').end(html),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
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
  const foreign = await serveForeignPage(`<a href="${talk.url}#/about-me">a</a>`);
  const page = await context.newPage();
  await page.goto(foreign.url);
  await page.locator('a').click();
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  await expect.poll(() => placeOf(page)).toBe('title-slide');
  expect((await positionOf(talk, page)).version).toBe(0);
  foreign.close();
});
