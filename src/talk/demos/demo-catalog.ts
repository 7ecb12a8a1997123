import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { LIMITS, type Demo } from '../../demo/demo.ts';
import { namesOf } from '../../demo/views-of.ts';
import type { DemoSummary } from '../../demo/demo-summary.ts';

import type { SafetyPlan } from '../../server/runs/safety-net.ts';

import type { DemoSources } from './demo-sources.ts';

import type { UserError } from '../../demo/user-error.ts';

import { readEntry, type CatalogEntry } from './catalog-entry.ts';

/** Of a demo whose file has mistakes: nothing of it runs, its recording plays. */
const NO_PLAN: Pick<Demo, 'budgetMs' | 'fallback' | 'commands'> = {
  budgetMs: LIMITS.budgetMs,
  fallback: 'ask',
};

/** The demos of a deck: the folders under `demos/`, beside it or beside its folder. */
export class DemoCatalog {
  entries: CatalogEntry[] = [];
  /** Demo to why its newest run was not recorded. */
  readonly notRecorded = new Map<string, string>();
  /** The folders whose files the entries are read from: those of demos that are only begun as well. */
  places: ReadonlySet<string> = new Set();
  readonly #folders: readonly string[];
  readonly #cwd: string;
  #sources: DemoSources;

  private constructor(folders: readonly string[], cwd: string, sources: DemoSources) {
    this.#sources = sources;
    this.#folders = folders.map((folder) => join(folder, 'demos'));
    this.#cwd = cwd;
  }

  /** The demos under `folders`, and those that a deck names elsewhere. */
  static async open(
    folders: readonly string[],
    cwd: string,
    sources: DemoSources = new Map(),
  ): Promise<DemoCatalog> {
    const catalog = new DemoCatalog(folders, cwd, sources);
    await catalog.reload();
    return catalog;
  }

  /** Reads the demos' files and recordings again. */
  async reload(): Promise<void> {
    const named = [...this.#sources].map(([name, source]) =>
      readEntry({ ...source, name, isNamed: true }, this.#cwd),
    );
    const found = await Promise.all(named);
    for (const folder of this.#folders) {
      const names = await readdir(folder, { withFileTypes: true }).catch(() => []);
      const demos = names.filter(
        (name) => name.isDirectory() && !found.some((one) => one.name === name.name),
      );
      found.push(
        ...(await Promise.all(
          demos.map((name) => readEntry({ folder: join(folder, name.name), name: name.name }, this.#cwd)),
        )),
      );
    }
    this.places = new Set([...this.#folders, ...found.flatMap(toPlaces)]);
    this.entries = found.filter((entry) => entry.demo !== undefined || entry.problem !== undefined);
  }

  /** What the demos are read from, there or not. */
  get sourceFiles(): string[] {
    return this.entries.flatMap(({ folder, demo, readFrom = [] }) => [
      ...readFrom,
      ...toDockerfiles(folder, demo),
    ]);
  }

  /** Takes the projects that the deck names now. True when they are others than before, and were read. */
  async useSources(sources: DemoSources): Promise<boolean> {
    const toText = (one: DemoSources) => JSON.stringify([...one]);
    if (toText(sources) === toText(this.#sources)) return false;
    this.#sources = sources;
    await this.reload();
    return true;
  }

  find(name: string): CatalogEntry | undefined {
    return this.entries.find((entry) => entry.name === name);
  }

  /** What is done when a live run of the demo does not work out. */
  safetyPlan(name: string): SafetyPlan | undefined {
    const { demo, pace, recording } = this.find(name) ?? {};
    const { budgetMs, fallback, commands = [] } = demo ?? NO_PLAN;
    const isRecorded = recording !== undefined;
    return demo === undefined && !isRecorded ? undefined : { budgetMs, fallback, commands, pace, isRecorded };
  }

  /** What the compiler checks `.demo` divs against. One whose file has mistakes names none: it may have any. */
  get views(): ReadonlyMap<string, readonly string[]> {
    return new Map(this.entries.map(({ name, demo }) => [name, demo === undefined ? [] : namesOf(demo)]));
  }

  /** What screens are told; `problem` is why nothing can run at all now. */
  summaries(problem: UserError | undefined, isLooking = false): DemoSummary[] {
    return this.entries.map((entry) => {
      const canBeKept = entry.recording !== undefined && entry.isLocal === true;
      const notRecorded = this.notRecorded.get(entry.name);
      return {
        ...toSummary(entry, entry.problem ?? problem),
        ...(isLooking && entry.problem === undefined ? { isLooking } : {}),
        ...(!isLooking && problem !== undefined && entry.problem === undefined ? { noEngine: true } : {}),
        ...(notRecorded === undefined ? {} : { notRecorded }),
        ...(canBeKept ? { canBeKept } : {}),
        ...allowedTo(entry),
      };
    });
  }
}

/** Its asks are all allowed when it has a demo. */
function allowedTo({ demo, asks = [] }: CatalogEntry): Pick<DemoSummary, 'allowed'> {
  return demo === undefined || asks.length === 0 ? {} : { allowed: asks.map(({ text }) => text) };
}

function toPlaces({ folder, demo, readFrom = [] }: CatalogEntry): string[] {
  return [folder, ...[...readFrom, ...toDockerfiles(folder, demo)].map((file) => dirname(file))];
}

function toDockerfiles(folder: string, demo: Demo | undefined): string[] {
  const builds = demo?.services.flatMap(({ build }) => (build === undefined ? [] : [build])) ?? [];
  return builds.map(({ root = folder, context, dockerfile }) => join(root, context, dockerfile));
}

function toSummary(
  { name, demo, recording, sources }: CatalogEntry,
  problem: UserError | undefined,
): DemoSummary {
  return {
    name,
    title: demo?.title ?? name,
    views: demo?.views ?? [],
    sources,
    ...(demo?.ask === undefined ? {} : { ask: { examples: demo.ask.examples } }),
    ...(demo?.typing === 'keys' ? { isTypedByKeys: true } : {}),
    ...(demo?.edits === undefined ? {} : { edits: demo.edits.map((one) => one.name) }),
    ...(demo?.idleMs === undefined ? {} : { idleMs: demo.idleMs }),
    canRun: problem === undefined,
    ...(problem === undefined ? {} : { problem: { message: problem.message, hint: problem.hint } }),
    ...(recording === undefined ? {} : { recording }),
  };
}
