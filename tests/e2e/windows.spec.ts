import net, { type AddressInfo, type Socket } from 'node:net';
import { Transform } from 'node:stream';
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

test('what a hand scrolls in one window is scrolled in every other, line by line', async ({
  page,
  context,
}) => {
  await using talk = await present(['--engine', 'none']);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(`${talk.url}#/the-same-library-in-a-container`);
  const second = await context.newPage();
  await second.setViewportSize({ width: 1024, height: 768 });
  await second.goto(`${talk.url}#/the-same-library-in-a-container`);
  await page.bringToFront();
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'Result' }).click();
  await page.getByRole('tab', { name: 'Terminal' }).click();
  const rows = (one: typeof page) => one.locator('section.present .xterm-rows > div');
  const read = async (one: typeof page) => (await rows(one).allTextContents()).map((row) => row.trimEnd());
  await expect.poll(async () => (await read(page)).join('').length).toBeGreaterThan(100);
  const atTheEnd = await read(page);
  await page.locator('section.present .terminal-box').hover();
  await page.mouse.wheel(0, -600);
  await expect.poll(() => read(page)).not.toEqual(atTheEnd);
  await page.waitForTimeout(500);
  const scrolled = await read(page);
  await second.bringToFront();
  await expect.poll(() => read(second)).toEqual(scrolled);
});

/** A network between a screen and Deckhand that can be cut. It is slow for what `slow` names. */
async function openNetwork(
  url: string,
  slow?: string,
): Promise<{ url: string; cut(): void; mend(): void; close(): void }> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = net.createServer((socket) => {
    const onward = net.connect(Number(new URL(url).port), '127.0.0.1');
    for (const one of [socket, onward]) {
      sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => sockets.delete(one));
    }
    if (isCut) socket.destroy();
    else socket.pipe(delay(slow)).pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(url).pathname}`,
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => (isCut = false),
    close: () => server.close(),
  };
}

function delay(slow: string | undefined): Transform {
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      setTimeout(() => done(null, chunk), slow !== undefined && chunk.includes(slow) ? 1000 : 0);
    },
  });
}

test('a screen that lost its network is where the others are within a second of coming back', async ({
  page,
  browser,
}) => {
  await using talk = await present(['--engine', 'none']);
  await page.goto(talk.url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  const network = await openNetwork(talk.url);
  const away = await (await browser.newContext()).newPage();
  await away.goto(network.url);
  await expect(away.locator('.reveal')).toHaveClass(/ready/);
  network.cut();
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('PageDown');
  await page.waitForTimeout(2000);
  const place = new URL(page.url()).hash;
  expect(new URL(away.url()).hash).not.toBe(place);
  network.mend();
  await expect.poll(() => new URL(away.url()).hash, { timeout: 1000, intervals: [50] }).toBe(place);
  network.close();
});

test('the talk goes on in a window whose Deckhand is gone, and is where it was when Deckhand is back', async ({
  page,
}) => {
  const talk = await present(['--engine', 'none']);
  await page.goto(`${talk.url}#/about-me`);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  talk.process.kill('SIGKILL');
  await expect(page.locator('.messages')).toContainText('does not answer');
  const place = () =>
    page.evaluate(() => {
      const slide = document.querySelector('.slides section.present');
      return `${slide?.id} ${slide?.querySelectorAll('.fragment.visible').length}`;
    });
  for (const after of ['about-me 1', 'about-me 2', 'about-me 3']) {
    await page.keyboard.press('PageDown');
    await page.waitForTimeout(800);
    expect(await place()).toBe(after);
  }
  // Longer than the last press is tried.
  await page.waitForTimeout(4000);
  expect(await place()).toBe('about-me 3');
  await using again = await present(['--engine', 'none'], undefined, new URL(talk.url).port);
  expect(again.address).toBe(talk.address);
  expect(again.url).not.toBe(talk.url);
  await expect(page.locator('.messages')).not.toContainText('does not answer');
  await expect.poll(place).toBe('about-me 3');
  await page.keyboard.press('PageUp');
  await expect.poll(place).toBe('about-me 2');
});

test('a press that comes before the stage does is not taken back', async ({ page }) => {
  await using talk = await present(['--engine', 'none']);
  const network = await openNetwork(talk.url, '/api/stage/events');
  await page.goto(network.url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  await page.keyboard.press('PageDown');
  await page.waitForTimeout(2500);
  await expect(page).toHaveURL(/about-me/);
  network.close();
});

test('what a changing network drops is asked for again: a press, a part of the page, its style sheet', async ({
  page,
  context,
}) => {
  await using talk = await present(['--engine', 'none']);
  const dropped: string[] = [];
  // As Chromium does when a container's network comes: each is broken off twice.
  await context.route(
    /panel-host-[^/]*\.(?:js|css)$|create-terminal-[^/]*\.js$|\/api\/stage$/,
    async (route) => {
      const name = new URL(route.request().url()).pathname;
      if (dropped.filter((one) => one === name).length >= 2) return route.continue();
      dropped.push(name);
      return route.abort('internetdisconnected');
    },
  );
  const second = await context.newPage();
  for (const one of [page, second]) {
    await one.goto(`${talk.url}#/title-slide`);
    await expect(one.locator('.reveal')).toHaveClass(/ready/);
  }
  await page.bringToFront();
  await page.keyboard.press('PageDown');
  await expect.poll(() => new URL(second.url()).hash).toBe('#/about-me');
  expect(new URL(page.url()).hash).toBe('#/about-me');
  await page.goto(`${talk.url}#/lets-run-it`);
  await page.keyboard.press('e');
  await expect(page.locator('section.present .xterm-rows')).toContainText('manage.py');
  const border = (selector: string) =>
    page.locator(selector).evaluate((element) => getComputedStyle(element).borderTopStyle);
  expect(await border('section.present .panel')).toBe('solid');
  expect(dropped.filter((name) => name.endsWith('.css'))).not.toEqual([]);
  expect(dropped.filter((name) => name.endsWith('.js')).length).toBeGreaterThanOrEqual(4);
});
