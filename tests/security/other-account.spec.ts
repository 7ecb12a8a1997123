import { execFileSync, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { end, LINK, present, PROGRAM, ROOT } from '../e2e/deckhand.ts';

/** The status of a request without a cookie; `user` makes it as another account, which only root can. */
function statusOf(address: string, user?: number): number {
  const ask = `fetch(process.argv[1], { redirect: 'manual' }).then(({ status }) => process.stdout.write(String(status)))`;
  const account = user === undefined ? {} : { uid: user, gid: user };
  return Number(execFileSync(process.execPath, ['-e', ask, address], { ...account, cwd: '/' }).toString());
}

const isRoot = process.getuid?.() === 0;

test('another account gets nothing, and the browser that was let in is back after a restart, without a link', async ({
  page,
  context,
}) => {
  await using talk = await present(['--engine', 'none']);
  for (const path of [
    '',
    'speaker',
    'api/stage',
    'api/stage/events',
    'api/demos',
    'img/omg.gif',
    'assets/x.js',
  ])
    expect(statusOf(`${talk.address}${path}`), path).toBe(401);
  const plain = await page.goto(talk.address);
  expect(plain?.status()).toBe(401);
  await expect(page.locator('h1')).toHaveText('Open the link that Deckhand printed in its terminal');
  await page.goto(`${talk.url}#/why-docker`);
  await expect(page.locator('section.present')).toHaveId('why-docker');
  expect(page.url()).toBe(`${talk.address}#/why-docker`);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const speaker = await context.newPage();
  await speaker.goto(`${talk.address}speaker`);
  await expect(speaker.frameLocator('iframe.current').locator('.reveal.ready')).toBeVisible();
  await end(talk.process);
  await using again = await present(['--engine', 'none'], ROOT, new URL(talk.address).port);
  await expect(page.locator('.messages')).not.toContainText('does not answer');
  await page.keyboard.press('PageDown');
  await expect(page.locator('section.present')).toHaveAttribute('data-fragment', '0');
  // The window may be loading itself anew just then: the new Deckhand has another deck for it.
  await expect(async () => void (await page.goto(again.address))).toPass();
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
});

test('the link in the command line of the browser that Deckhand opens works once, and for no other account', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-browser-'));
  const [browser, opened] = [join(folder, 'browser'), join(folder, 'opened')];
  await writeFile(browser, `#!/bin/sh\necho "$1" > '${opened}.new' && mv '${opened}.new' '${opened}'\n`);
  await chmod(browser, 0o755);
  // No browser that is installed, but ours.
  const nothing = { XDG_DATA_DIRS: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const env = { ...process.env, ...nothing, BROWSER: browser, DISPLAY: ':99' };
  const child = spawn(
    process.execPath,
    [PROGRAM, 'present', '--engine', 'none', '--no-record', '--port', '0'],
    {
      cwd: ROOT,
      env,
    },
  );
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await expect.poll(() => readFile(opened, 'utf8').catch(() => '')).toMatch(LINK);
  await expect.poll(() => printed).toMatch(LINK);
  const link = (await readFile(opened, 'utf8')).trim();
  expect(printed).not.toContain(link);
  if (isRoot && process.platform === 'linux') expect(statusOf(link, 65_534)).toBe(401);
  expect(statusOf(link)).toBe(303);
  expect(statusOf(link)).toBe(401);
  await end(child);
  await rm(folder, { recursive: true });
});

test('20 cookies of another port lock nobody out', async ({ page, context }) => {
  await using talk = await present(['--engine', 'none']);
  const big = Array.from({ length: 20 }, (_, i) => ({ name: `bomb${i}`, value: 'x'.repeat(3500) }));
  await context.addCookies(big.map((cookie) => ({ ...cookie, url: 'http://localhost:1/' })));
  await page.goto(talk.url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
});

test('what a folder holds beside the deck stays there: pages in folders, links that lead out, FIFOs, private files', async ({
  page,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-private-'));
  await chmod(folder, 0o700);
  await mkdir(join(folder, 'x.png'));
  await writeFile(join(folder, 'x.png/index.html'), '<script>parent.SECRET = 1</script>');
  await writeFile(join(folder, 'tax.pdf'), 'SECRET');
  await symlink('/etc/passwd', join(folder, 'out.png'));
  for (const pipe of ['pipe.png', 'talk.times.json', 'talk.drawings.json'])
    execFileSync('mkfifo', [join(folder, pipe)]);
  const dot = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
  await writeFile(join(folder, 'a #1 %41.svg'), dot);
  const markdown =
    '# One\n\n![x](x.png) ![o](out.png) ![a](a%20%231%20%2541.svg)\n' + '![p](pipe.png) '.repeat(20);
  await writeFile(join(folder, 'talk.md'), markdown);
  await using talk = await present([join(folder, 'talk.md'), '--engine', 'none']);
  await page.goto(talk.url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  const statuses = await page.evaluate(
    (paths) => Promise.all(paths.map(async (path) => (await fetch(`/${path}`)).status)),
    ['x.png', 'x.png/', 'x.png/index.html', 'out.png', 'pipe.png', 'tax.pdf', 'a%20%231%20%2541.svg'],
  );
  expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 200]);
  await expect
    .poll(() => page.locator('img[src^="a"]').evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBe(9);
  await end(talk.process);
  await rm(folder, { recursive: true });
});
