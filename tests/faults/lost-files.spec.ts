import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { deckhand, present } from '../e2e/deckhand.ts';
import { serveSite } from '../e2e/site-server.ts';

const OTHERS = ['--audience', '--remote-host', '127.0.0.2', '--remote-port', '0'];

/**
 * Opens a page in a browser of its own and loses what it loads, as a changing network does: each file as often as `times` says.
 * Returns the names of what was lost.
 */
async function openLosing(
  browser: Browser,
  url: string,
  times: (name: string) => number,
): Promise<{ page: Page; lost: string[] }> {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const lost: string[] = [];
  await context.route(/\.(?:js|css|woff2)$/, async (route) => {
    const name = new URL(route.request().url()).pathname;
    if (lost.filter((one) => one === name).length >= times(name)) return route.continue();
    lost.push(name);
    return route.abort('internetdisconnected');
  });
  const page = await context.newPage();
  await page.goto(url);
  return { page, lost };
}

const slides = (page: Page) => page.locator('.reveal.ready .slides section.present').first();

async function expectStyledDeck(page: Page): Promise<void> {
  await expect(slides(page)).toBeVisible();
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(11, 16, 32)');
}

test('every page comes, styled, when each of its files is lost once', async ({ browser }) => {
  await using talk = await present(['--engine', 'none', ...OTHERS]);
  const lan = new URL(talk.url);
  const deck = await openLosing(browser, talk.url, () => 1);
  await expectStyledDeck(deck.page);
  expect(deck.lost.filter((name) => name.endsWith('.js')).length).toBeGreaterThan(2);
  expect(deck.lost.filter((name) => name.endsWith('.css')).length).toBeGreaterThan(0);
  const speaker = await openLosing(browser, `${talk.url}speaker`, () => 1);
  await expect(speaker.page.locator('.bar')).toBeVisible();
  const card = speaker.page.getByRole('button', { name: /follow/ });
  await card.click();
  const address = await speaker.page.locator('.devices-part b', { hasText: 'http' }).first().textContent();
  const follow = await openLosing(browser, `${new URL(address ?? '', lan).origin}/follow`, () => 1);
  await expectStyledDeck(follow.page);
  for (const { page } of [deck, speaker, follow]) await page.context().close();
});

test('the deck comes, styled, whichever one of its files is lost @long', async ({ browser }) => {
  await using talk = await present(['--engine', 'none']);
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const files = new Set<string>();
  let next: string | undefined;
  // A context with routes has no cache: each load asks for all.
  await context.route(/\.(?:js|css|woff2)$/, async (route) => {
    const name = new URL(route.request().url()).pathname;
    files.add(name);
    if (name !== next) return route.continue();
    next = undefined;
    return route.abort('internetdisconnected');
  });
  await page.goto(talk.url);
  await expectStyledDeck(page);
  // Those that it begins with; more may come later.
  const names = [...files];
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) {
    next = name;
    await page.goto(talk.address);
    await expectStyledDeck(page);
    await expect.poll(() => next, `${name} is not asked for`).toBe(undefined);
    await expectStyledDeck(page);
  }
  await context.close();
});

test('a file that is lost more often than it is asked for is there after the page was loaded again @long', async ({
  browser,
}) => {
  await using talk = await present(['--engine', 'none']);
  const { page, lost } = await openLosing(browser, talk.url, (name) =>
    /\/main-[^/]*\.js$/.test(name) ? 7 : 0,
  );
  await expectStyledDeck(page);
  expect(lost.length).toBe(7);
});

test('a page that does not come at all says so, and comes by a press when it can @long', async ({
  browser,
}) => {
  await using talk = await present(['--engine', 'none']);
  let isLosing = true;
  const { page } = await openLosing(browser, talk.url, (name) =>
    isLosing && /\/messages-[^/]*\.css$/.test(name) ? Infinity : 0,
  );
  await expect(page.getByRole('alert')).toContainText('This page did not load completely', {
    timeout: 30_000,
  });
  isLosing = false;
  await page.getByRole('button', { name: 'Load again' }).click();
  await expectStyledDeck(page);
});

test('a published deck comes when each of its files is lost once', async ({ browser }) => {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-lost-'));
  expect((await deckhand(['build', '-o', folder])).code).toBe(0);
  await using site = await serveSite(folder);
  for (const name of ['', 'speaker.html']) {
    const { page, lost } = await openLosing(browser, `${site.url}${name}`, () => 1);
    await expect(name === '' ? slides(page) : page.locator('.bar')).toBeVisible();
    expect(lost.length).toBeGreaterThan(2);
    await page.context().close();
  }
  await rm(folder, { recursive: true });
});
