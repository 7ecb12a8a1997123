import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Demo } from '../src/demo/demo.ts';
import { packContext } from '../src/engine/build/context.ts';
import type { Engine } from '../src/engine/engine.ts';
import { nameInstance } from '../src/runner/instance.ts';
import { startRun } from '../src/runner/run.ts';
import { djangoFolder, parseTestDemo, uniqueName } from '../tests/runner/run-demo.ts';
import { DirectEngine } from './direct-engine.ts';
import { median, ms, type Row } from './table.ts';

const PAIRS = 10;

/** One context, and the two ways to build it. */
interface Contestants {
  /** Through a run, from its start to the image; in ms. */
  deckhand(fresh: boolean): Promise<number>;
  direct(fresh: boolean): Promise<number>;
}

/** The Django demo under a name of its own, so that nobody's image of it is touched. */
async function copyDjango(): Promise<{ folder: string; demo: Demo } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-bench-'));
  await cp(djangoFolder, folder, { recursive: true });
  const file = join(folder, 'compose.yaml');
  const compose = (await readFile(file, 'utf8')).replace('name: django', `name: ${uniqueName()}`);
  await writeFile(file, compose);
  const remove = () => rm(folder, { recursive: true, force: true });
  return { folder, demo: await parseTestDemo(compose), [Symbol.asyncDispose]: remove };
}

async function buildByRun(engine: Engine, demo: Demo, folder: string, fresh: boolean): Promise<number> {
  const began = performance.now();
  const run = startRun(demo, { id: randomUUID(), engine, folder, instance: await nameInstance(), fresh });
  let taken = Number.NaN;
  for await (const event of run.events(0, new AbortController().signal)) {
    if (event.type !== 'phase' || event.phase !== 'starting') continue;
    taken = performance.now() - began;
    run.stop();
  }
  await run.done;
  if (Number.isNaN(taken)) throw new Error('The run made no image.');
  return taken;
}

/** The same archive, packed before the clock starts, and the same flags. */
async function buildDirectly(
  engine: Engine,
  tag: string,
  demo: string,
  archive: Buffer,
  fresh: boolean,
): Promise<number> {
  const query = {
    t: tag,
    dockerfile: 'Dockerfile',
    buildargs: '{}',
    labels: JSON.stringify({ 'deckhand.demo': demo }),
    rm: 'true',
    forcerm: 'true',
    version: engine.facts.builder === 'buildkit' ? '2' : '1',
    ...(fresh ? { nocache: 'true' } : {}),
  };
  const before = await engine.imageId(tag);
  const began = performance.now();
  await new DirectEngine(engine.facts).build(query, archive);
  const taken = performance.now() - began;
  const after = await engine.imageId(tag);
  if (after === undefined) throw new Error('The direct build made no image.');
  if (before !== undefined && before !== after) await engine.removeImage(before);
  return taken;
}

interface Pairs {
  deckhand: number[];
  direct: number[];
}

/** In turn, each first in every other pair. */
async function runPairs(contestants: Contestants, fresh: boolean): Promise<Pairs> {
  const pairs: Pairs = { deckhand: [], direct: [] };
  await contestants.direct(fresh);
  await contestants.deckhand(fresh);
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const names = ['deckhand', 'direct'] as const;
    for (const name of pair % 2 === 0 ? names : names.toReversed()) {
      pairs[name].push(await contestants[name](fresh));
    }
  }
  return pairs;
}

/** Of every pair, what `compare` says; the middle one. */
function middle({ deckhand, direct }: Pairs, compare: (ours: number, theirs: number) => number): number {
  return median(deckhand.map((ours, pair) => compare(ours, direct[pair] ?? Number.NaN)));
}

/** Building the Django demo through Deckhand, beside one direct HTTP call with the same context. */
export async function benchBuild(engine: Engine): Promise<Row[]> {
  await using made = await copyDjango();
  const { demo, folder } = made;
  const from = { root: folder, context: '.', dockerfile: 'Dockerfile', leftOut: new Set<string>() };
  const packed = await packContext(from, new AbortController().signal);
  const archive = await buffer(packed.archive);
  const tag = `deckhand-${demo.name}-direct:latest`;
  const contestants: Contestants = {
    deckhand: (fresh) => buildByRun(engine, demo, folder, fresh),
    direct: (fresh) => buildDirectly(engine, tag, demo.name, archive, fresh),
  };
  const uncached = await runPairs(contestants, true);
  const cached = await runPairs(contestants, false);
  for (const name of [tag, `deckhand-${demo.name}-web:latest`]) await engine.removeImage(name);
  const beside = ({ deckhand, direct }: Pairs) =>
    `direct ${ms(median(direct))}, Deckhand ${ms(median(deckhand))}`;
  return [
    {
      what: `uncached build, ${PAIRS} pairs: time beside one direct call`,
      measured: `× ${middle(uncached, (ours, theirs) => ours / theirs).toFixed(3)}`,
      goal: '× 1.03',
      peers: beside(uncached),
    },
    {
      what: `cached build, ${PAIRS} pairs: more than one direct call`,
      measured: ms(middle(cached, (ours, theirs) => ours - theirs)),
      goal: '60 ms',
      peers: beside(cached),
    },
  ];
}
