/** Runs the demo in a folder to its end, its events read as a screen reads them, and tells its parent what it came to. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nameInstance } from '../src/runner/instance.ts';
import { startRun } from '../src/runner/run.ts';
import { connectTestEngine } from '../tests/engine/test-engine.ts';
import { parseTestDemo } from '../tests/runner/run-demo.ts';

/** What the parent is sent. */
export interface FloodResult {
  /** Characters of output that the run still has when it is over. */
  kept: number;
  /** Events that say that something was left out, and how much. */
  notices: number;
}

const [folder = '', id = ''] = process.argv.slice(2);
const demo = await parseTestDemo(await readFile(join(folder, 'compose.yaml'), 'utf8'));
const engine = await connectTestEngine();
const run = startRun(demo, { id, engine, folder, instance: await nameInstance() });
const never = new AbortController().signal;
let sent = 0;
for await (const event of run.events(0, never)) sent += JSON.stringify(event).length;
await run.done;
const result: FloodResult = { kept: 0, notices: 0 };
for await (const event of run.events(0, never)) {
  if (event.type !== 'output') continue;
  result.kept += event.text.length;
  if (/… [\d.]+ [kM]B left out/u.test(event.text)) result.notices += 1;
}
engine.close();
process.send?.(result);
process.disconnect();
process.exitCode = sent > 0 ? 0 : 1;
