/** Runs the demo in a folder several times, sweeping after each as `deckhand present` does: one JSON line each. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { nameInstance } from '../../src/runner/instance.ts';
import { startRun } from '../../src/runner/run.ts';
import { sweep } from '../../src/runner/containers/sweep.ts';
import { connectTestEngine } from '../engine/test-engine.ts';
import { parseTestDemo, printed } from '../runner/run-demo.ts';
import type { RunEvent } from '../../src/demo/run/run-event.ts';

const [folder = '', runs = '1'] = process.argv.slice(2);
const demo = await parseTestDemo(await readFile(path.join(folder, 'compose.yaml'), 'utf8'));
const engine = await connectTestEngine();
const instance = await nameInstance();
const sweeping = new Set<Promise<unknown>>();
for (let number = 0; number < Number(runs); number += 1) {
  // Without the cache, each second time: then the name goes from one image to another.
  const run = startRun(demo, { id: randomUUID(), engine, folder, instance, fresh: number % 2 === 1 });
  const events: RunEvent[] = [];
  for await (const event of run.events(0, new AbortController().signal)) events.push(event);
  await run.done;
  sweeping.add(sweep(engine, { isRunning: () => true }));
  const error = events.find((event) => event.type === 'error');
  console.log(JSON.stringify({ error: error?.message, printed: printed(events, 'web').trim() }));
}
await Promise.all(sweeping);
engine.close();
