import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test, type Page } from '@playwright/test';
import { deckhand, isFault, NETWORK_CHANGED } from '../e2e/deckhand.ts';
import { serveSite } from '../e2e/site-server.ts';
import { drawPng } from './screen-deck.ts';

const DECK = `## Names

![](<img/with space.png>) ![](img/hash%231.png) ![](img/100%25.png) ![](img/q%3Fx.png) ![](img/Ümläut.png) ![](img/a&amp;b.png?v=2)

## Styles

<link rel="stylesheet" href="style.css">

<style>.inside { background: url(img/in-style.png); width: 20px; height: 20px }</style>

<div class="box">x</div> <div class="inside">y</div>

<div style="background-image: url('img/with space.png'); width: 20px; height: 20px" class="own">z</div>

<picture><source srcset="img/Ümläut.png 1x, img/wide.png 2x"><img src="img/wide.png" srcset="img/wide.png 2x"></picture>

## Frame

<iframe src="site/page.html" width="400" height="200"></iframe>

## Behind {background-iframe="site/page.html"}

## Links

[zip](files.zip) [code](code/a.py) [folder](code/)

## Svg

<svg width="100" height="100"><image href="img/wide.png" width="100" height="100" /></svg>
`;

const PAGE =
  '<!doctype html><link rel=stylesheet href=page.css><p>a framed page</p><img src="../img/framed.png"><style>p { background: url(../img/in-page.png) }</style>';

const FILES: Record<string, string | Buffer> = {
  'deck.md': DECK,
  'style.css': '@import "more.css";\n.box { background: url(img/in-css.png); width: 20px; height: 20px }\n',
  'more.css': '.box { color: rgb(1, 2, 3); background-repeat: no-repeat }\n@import "style.css";\n',
  'site/page.html': PAGE,
  'site/page.css': 'body { background: rgb(255, 215, 0) }',
  'files.zip': 'no zip',
  'code/a.py': 'print(1)\n',
};
const PICTURES = 'with space,hash#1,100%,q?x,Ümläut,a&b,in-style,in-css,in-page,framed,wide'.split(',');

/** Each is as wide as no other: what is shown tells which it is. */
const widthOf = (name: string) => 30 + 2 * PICTURES.indexOf(name);

let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckhand-exports-'));
  for (const name of PICTURES) FILES[`img/${name}.png`] = drawPng(widthOf(name), 20);
  for (const [name, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
});

test.afterAll(() => rm(folder, { recursive: true }));

/** Opens every slide; gives what could not be loaded, or was held back. */
async function walk(page: Page, url: string): Promise<string[]> {
  const lost: string[] = [];
  page.on(
    'requestfailed',
    (request) => request.failure()?.errorText !== NETWORK_CHANGED && lost.push(request.url().slice(0, 100)),
  );
  page.on('response', (response) => response.status() >= 400 && lost.push(response.url()));
  page.on('console', (message) => isFault(message) && lost.push(message.text().slice(0, 200)));
  await page.goto('about:blank');
  await page.goto(url);
  await expect(page.locator('.reveal.ready')).toBeVisible();
  for (const id of ['names', 'styles', 'frame', 'behind', 'links', 'svg']) {
    await expect(page.locator('section.present')).toHaveId(id);
    for (const picture of await page.locator('section.present img').all())
      await expect
        .poll(() => picture.evaluate((one: HTMLImageElement) => one.naturalWidth))
        .toBeGreaterThan(0);
    if (id === 'names') expect(await widthsOf(page)).toEqual(PICTURES.slice(0, 6).map(widthOf));
    if (id === 'styles') await expectStyles(page);
    if (id === 'styles') await expectCandidates(page);
    if (id === 'frame') await expectFramed(page.frameLocator('section.present iframe'));
    if (id === 'behind') await expectFramed(page.frameLocator('.slide-background.present iframe'));
    await page.keyboard.press('PageDown');
  }
  return lost;
}

async function expectStyles(page: Page): Promise<void> {
  await expect(page.locator('section.present .box')).toHaveCSS('color', 'rgb(1, 2, 3)');
  for (const name of ['box', 'inside', 'own'])
    await expect(page.locator(`section.present .${name}`)).toHaveCSS('background-image', /^url\(/);
}

function widthsOf(page: Page): Promise<number[]> {
  return page
    .locator('section.present img')
    .evaluateAll((images: HTMLImageElement[]) => images.map(({ naturalWidth }) => naturalWidth));
}

/** All candidates are there. Chromium takes the one of more dots when its data is in the page already. */
async function expectCandidates(page: Page): Promise<void> {
  const candidates = await page.locator('section.present source').evaluate((source: HTMLSourceElement) => {
    const addresses = [...source.srcset.matchAll(/(\S+) [12]x/g)].map(([, address = '']) => address);
    return Promise.all(
      addresses.map(async (address) => {
        const image = new Image();
        image.src = address;
        await image.decode();
        return image.naturalWidth;
      }),
    );
  });
  expect(candidates).toEqual(['Ümläut', 'wide'].map(widthOf));
  const isInside = (await page.locator('section.present source').getAttribute('srcset'))?.startsWith('data:');
  expect(await widthsOf(page)).toEqual([isInside === true ? widthOf('wide') / 2 : widthOf('Ümläut')]);
}

async function expectFramed(frame: ReturnType<Page['frameLocator']>): Promise<void> {
  await expect(frame.locator('body')).toHaveCSS('background-color', 'rgb(255, 215, 0)');
  await expect(frame.locator('p')).toHaveText('a framed page');
  await expect
    .poll(() => frame.locator('img').evaluate((one: HTMLImageElement) => one.naturalWidth))
    .toBeGreaterThan(0);
}

test('all files that a deck names, and that those name, reach the site and the single file', async ({
  page,
}) => {
  const site = await deckhand(['build', 'deck.md', '-o', 'out'], folder);
  expect(site.code, site.stderr).toBe(0);
  expect(site.stdout).toMatch(/Line 25: "code\/" is a folder: it is neither shown nor published/);
  await using host = await serveSite(join(folder, 'out'));
  expect(await walk(page, host.url)).toEqual([]);
  expect(host.missing).toEqual([]);
  for (const name of ['zip', 'code']) {
    const href = await page.locator('#links a', { hasText: name }).getAttribute('href');
    expect((await page.request.get(new URL(href ?? '', host.url).href)).ok()).toBe(true);
  }
  expect(await walk(page, pathToFileURL(join(folder, 'out/index.html')).href)).toEqual([]);

  const single = await deckhand(['build', '--single-file', 'deck.md', '-o', 'one.html'], folder);
  expect(single.code, single.stderr).toBe(0);
  expect(single.stdout).toContain("The link to files.zip leads nowhere: one file can't hand out another.");
  await mkdir(join(folder, 'alone'));
  await promisify(execFile)('mv', ['one.html', 'alone/'], { cwd: folder });
  expect(await walk(page, pathToFileURL(join(folder, 'alone/one.html')).href)).toEqual([]);
});
