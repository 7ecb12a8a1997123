import { PNG } from 'pngjs';
import { chromium, type Browser, type Page } from 'playwright';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../src/chromium/chromium.ts';
import { HEIGHT, WIDTH, type Scene } from './scene.ts';

/** Pixels of one frame, four bytes each. */
export interface Frame {
  width: number;
  height: number;
  rgba: Uint8Array;
}

/** The browser that draws, with colours and letters that do not depend on the screen. */
export async function openBrowser(): Promise<Browser> {
  const args = [...CHROMIUM_ARGUMENTS, '--force-color-profile=srgb', '--font-render-hinting=none'];
  return chromium.launch({ args, executablePath: findChromium() });
}

/** SVG elements as a whole document of the scenes' size. */
export function svgDocument(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="100%" height="100%">${content}</svg>`;
}

/** Draws the frames of a scene, one after the other. */
export async function* drawFrames(browser: Browser, scene: Scene): AsyncGenerator<Frame> {
  const { width, frames } = scene;
  const height = Math.round((width * HEIGHT) / WIDTH);
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(
    '<style>body{margin:0;overflow:hidden;background:#000}svg{display:block}</style><body></body>',
  );
  for (let frame = 0; frame < frames; frame += 1) {
    yield await screenshot(page, svgDocument(scene.draw(frame / frames)));
  }
  await page.close();
}

async function screenshot(page: Page, html: string): Promise<Frame> {
  await page.evaluate((content) => {
    document.body.innerHTML = content;
  }, html);
  const { width, height, data } = PNG.sync.read(await page.screenshot());
  return { width, height, rgba: data };
}
