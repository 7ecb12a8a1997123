import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BuildEvent, BuildOptions, Engine } from '../../src/engine/engine.ts';
import { findEngine } from '../../src/engine/find-engine.ts';

/** The builders that tests can ask for; `podman` is an engine of its own. */
export type TestBuilder = 'buildkit' | 'classic' | 'podman';

/** Those that this machine has: Podman when the tests were given one. */
export const testBuilders: TestBuilder[] =
  process.env['DECKHAND_TEST_PODMAN'] === undefined
    ? ['buildkit', 'classic']
    : ['buildkit', 'classic', 'podman'];

/** One of them for each engine: what happens after the build doesn't depend on who built. */
export const testEngines = testBuilders.filter((builder) => builder !== 'classic');

/** The engine that the tests were given (DOCKER_HOST), or the one that is found. */
export async function connectTestEngine(builder: TestBuilder = 'buildkit'): Promise<Engine> {
  const env = { ...process.env };
  if (builder === 'classic') env['DOCKER_BUILDKIT'] = '0';
  if (builder === 'podman')
    env['DOCKER_HOST'] = `unix://${process.env['DECKHAND_TEST_PODMAN'] ?? '/nowhere'}`;
  const found = await findEngine({ env });
  if (found.engine === undefined) throw found.problem;
  return found.engine;
}

/** A folder with these files in it, gone when the test ends. */
export async function makeFolder(
  files: Record<string, string>,
): Promise<{ folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deckhand-test-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return { folder, [Symbol.asyncDispose]: async () => rm(folder, { recursive: true, force: true }) };
}

/** Builds a folder and gives the events, and the error if it failed. The image is removed. */
export async function buildFolder(
  engine: Engine,
  folder: string,
  options: Partial<BuildOptions> = {},
): Promise<{ events: BuildEvent[]; error: unknown }> {
  const events: BuildEvent[] = [];
  const tag = options.tag ?? `deckhand-test-${path.basename(folder).toLowerCase()}`;
  const labels = { 'deckhand.demo': 'test' };
  const all = {
    root: folder,
    context: '.',
    leftOut: new Set<string>(),
    dockerfile: 'Dockerfile',
    args: {},
    labels,
    noCache: false,
    ...options,
    tag,
  };
  try {
    for await (const event of engine.build(all, new AbortController().signal)) events.push(event);
    return { events, error: undefined };
  } catch (error) {
    return { events, error };
  } finally {
    if (options.tag === undefined) await engine.removeImage(tag);
  }
}

/** `3 RUN done`: what a build's steps came to, last state each. */
export function lastStates(events: readonly BuildEvent[]): string[] {
  const last = new Map<number, string>();
  for (const event of events) {
    if (event.type === 'step')
      last.set(event.step, `${event.line} ${event.name.split(' ')[0]} ${event.state}`);
  }
  return [...last.values()];
}

/** What a step printed, in one piece. */
export function outputOf(events: readonly BuildEvent[], step: number): string {
  return events.map((event) => (event.type === 'output' && event.step === step ? event.text : '')).join('');
}
