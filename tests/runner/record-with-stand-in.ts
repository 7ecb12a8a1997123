import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { toFacts } from '../../src/talk/runs/live-runs.ts';
import type { RecordingFacts } from '../../src/demo/recording/recording.ts';
import { nameInstance } from '../../src/runner/instance.ts';
import { recordRun } from '../../src/runner/recorder/record.ts';
import { findSecrets } from '../../src/runner/recorder/secrets.ts';
import { startRun } from '../../src/runner/run.ts';
import { connectTestEngine } from '../engine/test-engine.ts';
import { copyLibpostalDemo, libpostalFolder, serveStandIn } from './libpostal-stand-in.ts';
import { parseTestDemo } from './run-demo.ts';

/**
 * Records the libpostal demo where its real sources and models can't be had: `npx tsx tests/runner/record-with-stand-in.ts`.
 * A real run on a real engine, with the stand-in's sources; the recording says so. `deckhand rehearse` on a connected
 * machine replaces it.
 */
async function main(): Promise<void> {
  await using source = await serveStandIn();
  await using made = await copyLibpostalDemo(source.url, 'libpostal');
  const engine = await connectTestEngine();
  const demo = await parseTestDemo(made.compose);
  const options = { id: randomUUID(), engine, folder: made.folder, instance: await nameInstance() };
  const run = startRun(demo, { ...options, fresh: true });
  const entry = { name: demo.name, folder: libpostalFolder };
  const isKept = recordRun(run, {
    id: run.id,
    instance: options.instance,
    redact: { secrets: findSecrets(demo), patterns: [] },
    folder: path.join(libpostalFolder, 'recording'),
    title: demo.title,
    timestamp: Math.floor(Date.now() / 1000),
    facts: async () => withStandIn(await toFacts({ entry, demo, engine })),
    takePicture: async () => undefined,
  });
  for await (const event of run.events(0, new AbortController().signal)) {
    if (event.type === 'error') process.stderr.write(`${event.message}\n`);
    if (event.type === 'phase') process.stdout.write(`${event.phase}\n`);
    if (event.type !== 'phase' || event.phase !== 'ready') continue;
    for (const example of demo.ask?.examples ?? []) {
      await run.ask(example);
      // As long as an audience needs to read it.
      await delay(3500);
    }
    run.stop();
  }
  await run.done;
  process.stdout.write((await isKept) ? 'recorded\n' : 'not recorded\n');
  await engine.removeImage(`deckhand-${demo.name}-api:latest`);
  await engine.removeVolume(`deckhand-${demo.name}-models`);
  engine.close();
}

function withStandIn(facts: RecordingFacts): RecordingFacts {
  const base = facts.standIn === undefined ? '' : ' and base image';
  return { ...facts, standIn: `with a stand-in library${base}` };
}

await main();
