/**
 * Draws the deck's pictures into img/: `npx tsx img/make/all.ts` draws all, names after it draw those only
 * (`npx tsx img/make/all.ts omg.gif`). `--sheet` draws a sheet of each scene's moments into .cache/ instead, to look at.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { drawFrames, openBrowser, type Frame } from './frames.ts';
import { DOCKERFILE_PICTURE } from './dockerfile-source.ts';
import { drawDockerfile } from './dockerfile-picture.ts';
import { encodeGif } from './gif.ts';
import type { Scene } from './scene.ts';
import { SCENES } from './scenes.ts';
import { drawSheet } from './sheet.ts';
import { drawLogo, LOGO_BOX } from './scenes/logo.ts';

const LOGO = 'docker_logo.png';
const LOGO_WIDTH = 1600;
const images = join(import.meta.dirname, '..');
const root = join(images, '..');
const sheets = join(root, '.cache', 'sheets');

async function drawGif(browser: Browser, scene: Scene): Promise<void> {
  const frames: Frame[] = [];
  for await (const frame of drawFrames(browser, scene)) frames.push(frame);
  const bytes = encodeGif(frames, scene.delayMs);
  await save(scene.file, bytes, `${frames.length} frames`);
}

async function save(file: string, bytes: Uint8Array, what: string): Promise<void> {
  await writeFile(join(images, file), bytes);
  console.log(`img/${file}: ${what}, ${Math.round(bytes.length / 1024)} kB`);
}

async function drawLogoPng(browser: Browser): Promise<Buffer> {
  const height = Math.floor((LOGO_WIDTH * LOGO_BOX.height) / LOGO_BOX.width);
  const page = await browser.newPage({ viewport: { width: LOGO_WIDTH, height } });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${drawLogo()}`);
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return png;
}

async function main(args: string[]): Promise<void> {
  const asSheet = args.includes('--sheet');
  const names = args.filter((arg) => !arg.startsWith('--'));
  const wanted = (file: string) => names.length === 0 || names.includes(file);
  const scenes = SCENES.filter(({ file }) => wanted(file));
  await using browser = await openBrowser();
  if (asSheet) {
    await mkdir(sheets, { recursive: true });
    for (const scene of scenes) await drawSheet(browser, scene, sheets);
    return;
  }
  for (const scene of scenes) await drawGif(browser, scene);
  if (wanted(LOGO)) await save(LOGO, await drawLogoPng(browser), 'still');
  if (wanted(DOCKERFILE_PICTURE))
    await save(DOCKERFILE_PICTURE, await drawDockerfile(browser, root), 'still');
}

await main(process.argv.slice(2));
