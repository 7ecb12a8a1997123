import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../src/engine/engine.ts';
import { nameInstance } from '../src/runner/instance.ts';
import { startRun } from '../src/runner/run.ts';
import { makeFolder } from '../tests/engine/test-engine.ts';
import { parseTestDemo, uniqueName } from '../tests/runner/run-demo.ts';
import { DirectEngine } from './direct-engine.ts';
import type { FloodResult } from './flood-run.ts';
import { median, ms, type Row } from './table.ts';

/** A container that two processors share with its engine takes now 450, now 750 ms by itself. */
const PAIRS = 20;
const LINES = 10;
/** Of what the direct calls make. */
const BENCH_LABEL = 'deckhand.bench';
const IMAGE = 'python:3.13-slim';

/** 200 MB in lines as wide as a terminal. */
const FLOOD = ['sh', '-c', `yes ${'flood '.repeat(13).trim()} | head -c 200000000; echo; echo the end`];
/** Its own clock in ms: the engine runs on this machine, so that it is ours as well. */
const CLOCK = [
  'python',
  '-uc',
  'import os, time; os.write(1, b"clock %d\\n" % (time.time() * 1000)); time.sleep(1)',
];

/** The demo's `compose.yaml`: one service that prints. */
export function printingDemo(name: string, prints: 'flood' | 'clock'): string {
  const command = JSON.stringify(prints === 'flood' ? FLOOD : CLOCK);
  return `name: ${name}\nservices: {${prints}: {image: "${IMAGE}", command: ${command}, init: true}}\nx-demo: {views: [terminal]}\n`;
}

/** The most memory that a process ever had, in bytes. Source: proc(5), VmHWM. */
export async function readPeak(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB/mu.exec(status)?.[1] ?? Number.NaN) * 1024;
}

interface Flood extends FloodResult {
  ms: number;
  peak: number;
}

async function floodThroughRun(direct: DirectEngine): Promise<Flood> {
  await using made = await makeFolder({ 'compose.yaml': printingDemo(uniqueName(), 'flood') });
  const id = randomUUID();
  const began = Date.now();
  const child = fork(script('flood-run.ts'), [made.folder, id]);
  let peak = Number.NaN;
  const watch = setInterval(() => {
    void readPeak(child.pid).then((bytes) => (peak = Number.isNaN(bytes) ? peak : bytes));
  }, 50);
  const [result] = (await once(child, 'message')) as [FloodResult];
  clearInterval(watch);
  return { ...result, peak, ms: await direct.lifeOf(`deckhand.run=${id}`, began) };
}

/** The same container; what it prints is read and thrown away, in a process that is as fresh as the run's. */
async function floodDirectly(direct: DirectEngine): Promise<number> {
  const name = uniqueName();
  const began = Date.now();
  const child = fork(script('flood-discard.ts'), [BENCH_LABEL, name, printingDemo(name, 'flood')]);
  await once(child, 'exit');
  return direct.lifeOf(`${BENCH_LABEL}=${name}`, began);
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** From a container's first print to the event, in ms; the engine's own part is in it. */
async function firstLine(engine: Engine): Promise<number> {
  const compose = printingDemo(uniqueName(), 'clock');
  await using made = await makeFolder({ 'compose.yaml': compose });
  const options = { id: randomUUID(), engine, folder: made.folder, instance: await nameInstance() };
  const run = startRun(await parseTestDemo(compose), options);
  let delay = Number.NaN;
  for await (const event of run.events(0, new AbortController().signal)) {
    const printed = event.type === 'output' ? /clock (\d+)/u.exec(event.text)?.[1] : undefined;
    if (printed === undefined) continue;
    delay = Date.now() - Number(printed);
    run.stop();
  }
  await run.done;
  return delay;
}

/** A container that prints 200 MB, and one that prints a line. */
export async function benchFlood(engine: Engine): Promise<Row[]> {
  const direct = new DirectEngine(engine.facts);
  const ours: Flood[] = [];
  const theirs: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const isFirst = pair % 2 === 0;
    if (isFirst) ours.push(await floodThroughRun(direct));
    theirs.push(await floodDirectly(direct));
    if (!isFirst) ours.push(await floodThroughRun(direct));
  }
  const delays: number[] = [];
  for (let line = 0; line < LINES; line += 1) delays.push(await firstLine(engine));
  const ratio = median(ours.map((flood) => flood.ms)) / median(theirs);
  const megabytes = (bytes: number[]) => `${Math.round(Math.max(...bytes) / 1e6)} MB`;
  return [
    {
      what: `a container prints 200 MB, ${PAIRS} pairs: time beside output thrown away`,
      measured: `× ${ratio.toFixed(2)}`,
      goal: '× 1.1',
      peers: `thrown away ${ms(median(theirs))}, Deckhand ${ms(median(ours.map((flood) => flood.ms)))}`,
    },
    {
      what: 'the run’s process meanwhile, at most',
      measured: megabytes(ours.map((flood) => flood.peak)),
      goal: '200 MB',
      peers: '',
    },
    {
      what: 'kept of the 200 MB, at most; times it was said that something was left out, at least',
      measured: `${megabytes(ours.map((flood) => flood.kept))}; ${Math.min(...ours.map((flood) => flood.notices))}`,
      goal: '16 MB; 1',
      peers: '',
    },
    {
      what: `a container’s first line to its event, ${LINES} runs: middle, longest`,
      measured: `${ms(median(delays))}, ${ms(Math.max(...delays))}`,
      goal: '100 ms',
      peers: '',
    },
  ];
}
