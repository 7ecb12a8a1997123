import { loadavg } from 'node:os';
import { connectTestEngine } from '../tests/engine/test-engine.ts';
import { benchBuild } from './engine-build.ts';
import { benchFlood } from './engine-flood.ts';
import { benchScreen } from './engine-screen.ts';
import { printTable } from './table.ts';

const load = (): string =>
  loadavg()
    .map((one) => one.toFixed(1))
    .join(', ');

/** Prints what Deckhand adds to the engine's own time, and how it bears a container that prints without end. */
export async function benchEngine(): Promise<void> {
  const engine = await connectTestEngine();
  const before = load();
  const rows = [...(await benchBuild(engine)), ...(await benchFlood(engine)), ...(await benchScreen())];
  engine.close();
  printTable('The engine', rows);
  process.stdout.write(`\n${engine.facts.name}. Load average before: ${before}; after: ${load()}.\n`);
}

await benchEngine();
