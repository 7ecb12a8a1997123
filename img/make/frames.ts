import { spawnSync } from 'node:child_process';
import { PNG } from 'pngjs';
import { chromium, type Browser, type Page } from 'playwright';
import { HEIGHT, WIDTH, type Scene } from './scene.ts';

/** Pixels of one frame, four bytes each. */
export interface Frame {
  width: number;
  height: number;
  rgba: Uint8Array;
}

/** The Chromium of this machine: $CHROMIUM, else the first known name on PATH, else playwright's own. */
export async function openBrowser(): Promise<Browser> {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
  const onPath = () => names.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
  const name = process.env['CHROMIUM'] ?? onPath();
  const args = ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb', '--font-render-hinting=none'];
  return chromium.launch(name === undefined ? { args } : { args, executablePath: fullPath(name) });
}

function fullPath(name: string): string {
  if (name.includes('/')) return name;
  return spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim();
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
