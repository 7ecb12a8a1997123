import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { connectTestEngine, makeFolder } from '../engine/test-engine.ts';
import { leftovers, uniqueName } from '../runner/run-demo.ts';

/** The long one: `DECKHAND_STRESS_RUNS=10 npx vitest run tests/faults/many-deckhands`. */
const RUNS = Number(process.env['DECKHAND_STRESS_RUNS'] ?? 3);

interface Told {
  error?: string;
  printed: string;
}

/** Runs a folder's demo again and again in a process of its own. */
async function runMany(folder: string): Promise<Told[]> {
  const script = path.join(import.meta.dirname, 'run-many-in-child.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder, String(RUNS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told: Told[] = [];
  for await (const line of createInterface(child.stdout)) told.push(JSON.parse(line));
  return told;
}

test(
  'three Deckhands on one engine, two of them with the same demo, get each of their runs done',
  async () => {
    const name = uniqueName();
    const files = (word: string) => ({
      'compose.yaml': `name: ${name}\nservices:\n  web: {build: ., command: [cat, /made]}\n`,
      Dockerfile: `FROM python:3.13-slim\nRUN echo ${word} ${name} > /made && date +%N > /when\n`,
    });
    await using same = await makeFolder(files('one'));
    await using other = await makeFolder(files('two'));
    const [one, again, two] = await Promise.all(
      [same, same, other].map(async ({ folder }) => runMany(folder)),
    );
    const all = (word: string) => Array.from({ length: RUNS }, () => ({ printed: `${word} ${name}` }));
    expect([one, again, two]).toEqual([all('one'), all('one'), all('two')]);
    const engine = await connectTestEngine();
    expect(await leftovers(engine, name)).toEqual([]);
    await engine.removeImage(`deckhand-${name}-web:latest`);
    engine.close();
  },
  60_000 + RUNS * 10_000,
);
