import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { readFiles } from '../compose/parse-demo.ts';
import type { Demo } from '../../src/demo/demo.ts';
import type { RunEvent } from '../../src/demo/run/run-event.ts';
import type { Engine, Labelled } from '../../src/engine/engine.ts';
import { nameInstance } from '../../src/runner/instance.ts';
import { readDemoFolder } from '../../src/talk/demos/read-demo-folder.ts';
import { type Run, type RunOptions, startRun } from '../../src/runner/run.ts';
import { connectTestEngine, makeFolder, type TestBuilder } from '../engine/test-engine.ts';

export interface TestRun extends AsyncDisposable {
  engine: Engine;
  demo: Demo;
  run: Run;
  folder: string;
  /** The first event that fits, waiting for it. */
  first(fits: (event: RunEvent) => boolean): Promise<RunEvent>;
  /** All events, when the run is over. */
  all(): Promise<RunEvent[]>;
}

/** Reads a compose file that must be right, with the other files that it names. The demo's name is the file's. */
export async function parseTestDemo(compose: string, files: Record<string, string> = {}): Promise<Demo> {
  const name = /^name: *(?<name>\S+)/mu.exec(compose)?.groups?.['name'] ?? 'test';
  const parsed = await readFiles({ ...files, 'compose.yaml': compose }, name);
  if (parsed.demo === undefined) throw new Error(JSON.stringify(parsed.diagnostics, null, 2));
  return parsed.demo;
}

/** Starts a demo made of these files on the real engine. Disposing stops it and removes its images. */
export async function startTestRun(
  files: Record<string, string>,
  options: Partial<RunOptions> & {
    builder?: TestBuilder;
    /** What is done to the folder before the run begins. */
    prepare?: (folder: string) => Promise<void>;
  } = {},
): Promise<TestRun> {
  const made = await makeFolder(files);
  const engine = options.engine ?? (await connectTestEngine(options.builder));
  const demo = await parseTestDemo(files['compose.yaml'] ?? '', files);
  await options.prepare?.(made.folder);
  const id = randomUUID();
  const run = startRun(demo, { id, engine, folder: made.folder, instance: await nameInstance(), ...options });
  const never = new AbortController().signal;
  return {
    engine,
    demo,
    run,
    folder: made.folder,
    first: async (fits) => {
      const seen: RunEvent[] = [];
      for await (const event of run.events(0, never)) {
        if (fits(event)) return event;
        seen.push(event);
      }
      throw new Error(`no such event in ${describe(seen)}`);
    },
    all: async () => {
      const events: RunEvent[] = [];
      for await (const event of run.events(0, never)) events.push(event);
      return events;
    },
    [Symbol.asyncDispose]: async () => {
      run.stop();
      await run.done;
      for (const { name } of demo.services) await engine.removeImage(`deckhand-${demo.name}-${name}:latest`);
      for (const volume of demo.volumes) await engine.removeVolume(`deckhand-${demo.name}-${volume}`);
      if (options.engine === undefined) engine.close();
      await made[Symbol.asyncDispose]();
    },
  };
}

export function describe(events: readonly RunEvent[]): string {
  return JSON.stringify(events.map(({ at: _at, ...body }) => body));
}

/** The phases that a run went through. */
export function phasesOf(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []));
}

export function errorOf(events: readonly RunEvent[]): RunEvent & { type: 'error' } {
  const error = events.find((event) => event.type === 'error');
  if (error?.type !== 'error') throw new Error(`no error in ${describe(events)}`);
  return error;
}

/** What a service printed, in one piece. */
export function printed(events: readonly RunEvent[], service: string): string {
  const pieces = events.map((event) => {
    const isIts = event.type === 'output' && event.service === service && event.step === undefined;
    return isIts ? event.text : '';
  });
  return pieces.join('');
}

/** Containers and networks of a demo that the engine still has. */
export async function leftovers(engine: Engine, demo: string): Promise<Labelled[]> {
  const all = await engine.list(`deckhand.demo=${demo}`);
  return all.filter(({ kind }) => kind === 'container' || kind === 'network');
}

/** A demo name that no other test uses at the same time. */
export function uniqueName(): string {
  return `test-${randomUUID().slice(0, 8)}`;
}

export const djangoFolder = path.resolve(import.meta.dirname, '../../demos/django');

/** Starts the project in a folder as the demo `name`. */
export async function startProject(folder: string, name: string) {
  const engine = await connectTestEngine();
  const project = await readDemoFolder({ folder, name, cwd: folder });
  if (project?.demo === undefined || project.diagnostics.length > 0)
    throw new Error(JSON.stringify(project?.diagnostics, null, 2));
  const run = startRun(project.demo, { id: randomUUID(), engine, folder, instance: await nameInstance() });
  return { engine, project, demo: project.demo, run };
}
