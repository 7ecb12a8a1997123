import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import {
  DOCKERFILE,
  dockerfileFingerprint,
  FINGERPRINT_KEY,
  highlightDockerfile,
} from './dockerfile-source.ts';
import { COLOURS } from './palette.ts';
import { withText } from './png-text.ts';

const FONT = 'node_modules/@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2';
const CODE_COLOURS = 'src/browser/style/code.css';

/** The Dockerfile of the Django demo in a code window, as a PNG that knows what it was made from. */
export async function drawDockerfile(browser: Browser, root: string): Promise<Buffer> {
  const text = await readFile(join(root, DOCKERFILE), 'utf8');
  const font = await readFile(join(root, FONT), 'base64');
  const colours = await readFile(join(root, CODE_COLOURS), 'utf8');
  const page = await browser.newPage({ deviceScaleFactor: 2, viewport: { width: 1600, height: 1000 } });
  await page.setContent(toPage(text, `${fontFace(font)}${colours}${LOOK}`));
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const png = await page.locator('.window').screenshot({ omitBackground: true });
  await page.close();
  return withText(png, FINGERPRINT_KEY, dockerfileFingerprint(text));
}

function fontFace(base64: string): string {
  return `@font-face{font-family:'JetBrains Mono';src:url(data:font/woff2;base64,${base64}) format('woff2')}`;
}

function toPage(text: string, style: string): string {
  const lines = text.trimEnd().split('\n').length;
  const numbers = Array.from({ length: lines }, (_, line) => line + 1).join('\n');
  const code = highlightDockerfile(text);
  return `<!doctype html><style>${style}</style>
<div class="window reveal">
  <div class="bar"><i></i><i></i><i></i><span>Dockerfile</span></div>
  <div class="text"><div class="numbers">${numbers}</div><pre><code>${code}</code></pre></div>
</div>`;
}

/** The window around the code; the colours in it are the deck's own. */
const LOOK = `
:root { --mono: 'JetBrains Mono'; --edge: ${COLOURS.slate} }
body { margin: 40px; background: transparent }
.window { width: fit-content; border: 2px solid ${COLOURS.slate}; border-radius: 16px; overflow: hidden; background: #0d1526 }
.bar { position: relative; display: flex; gap: 11px; align-items: center; height: 54px; padding: 0 22px; background: ${COLOURS.twilight} }
.bar i { width: 15px; height: 15px; border-radius: 50%; background: ${COLOURS.coral} }
.bar i:nth-child(2) { background: ${COLOURS.amber} }
.bar i:nth-child(3) { background: ${COLOURS.mint} }
.bar span { position: absolute; inset: 0; line-height: 54px; text-align: center; font: 22px/54px 'JetBrains Mono'; color: #a9b6d8 }
.text { display: flex; padding: 24px 34px 28px 26px; color: #f2f5fc; font: 27px/1.62 'JetBrains Mono'; font-variant-ligatures: none }
.numbers { padding-right: 26px; text-align: right; white-space: pre; color: #5a6a9c }
.reveal .text pre { margin: 0; padding: 0; border: 0; border-radius: 0; background: none; font: inherit; max-width: none; overflow: visible }
.reveal .text code { font: inherit; padding: 0; background: none; white-space: pre }
`;
