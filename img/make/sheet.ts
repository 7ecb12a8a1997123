import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { svgDocument } from './frames.ts';
import type { Scene } from './scene.ts';

/** Twelve moments of a scene side by side in one PNG, for the eyes of whoever draws. */
export async function drawSheet(browser: Browser, scene: Scene, folder: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1500, height: 1140 } });
  const moments = Array.from({ length: 12 }, (_, index) => svgDocument(scene.draw(index / 12)));
  const style = 'body{margin:0;display:grid;grid-template-columns:repeat(3,1fr);gap:4px;background:#555}';
  const cells = moments.map((svg) => `<div>${svg}</div>`).join('');
  await page.setContent(`<style>${style}</style><body>${cells}</body>`);
  const file = join(folder, scene.file.replace('.gif', '.png'));
  await writeFile(file, await page.screenshot());
  console.log(file);
  await page.close();
}
