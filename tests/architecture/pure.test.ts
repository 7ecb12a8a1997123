import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

/** What the compiler says of a file that stands beside the pure folders. */
async function compile(probe: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-pure-'));
  const pure = ['src/deck', 'src/demo', 'src/stage', 'types'].map((one) => join(ROOT, one));
  const config = {
    extends: join(ROOT, 'tsconfig.pure.json'),
    include: [...pure, join(folder, 'probe.ts')],
  };
  await writeFile(join(folder, 'probe.ts'), probe);
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [TSC, '--noEmit', '-p', folder], (_error, stdout) => resolve(stdout));
  });
  await rm(folder, { recursive: true });
  return output;
}

test('deck, demo and stage compile where there is no browser and no Node', async () => {
  expect(await compile('export const nothing = 1;')).toBe('');
});

test('a document or a process in them would be refused', async () => {
  const output = await compile('export const found = [document.title, window.name, process.pid];');
  for (const name of ['document', 'window', 'process'])
    expect(output).toMatch(new RegExp(`Cannot find name '${name}'`));
});
