import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

interface AxeResults {
  violations: { id: string; nodes: { html: string }[] }[];
}

/** axe's rules for accessible pages, on what shows now. */
export async function faultsOf(page: Page): Promise<string[]> {
  // As a script of the tool's own: the page's policy lets no other in.
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    const { violations } = await axe.run({ iframes: false });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  });
}
