import type { Demo } from '../../demo/demo.ts';
import type { Engine } from '../../engine/engine.ts';
import { hashSources } from '../../runner/build/hash-sources.ts';
import { SOURCES_LABEL } from '../../runner/instance.ts';
import { findNeededImages } from '../../runner/build/needed-images.ts';
import { toImageTag } from '../../runner/run-context.ts';
import type { Check } from '../../stage/preflight.ts';
import type { CatalogEntry } from '../demos/catalog-entry.ts';
import { readRecordingState } from '../demos/recording-state.ts';

/** The demo's file, its images on the engine, and its recording. */
export async function checkDemo(entry: CatalogEntry, engine: Engine | undefined): Promise<Check[]> {
  const { name, problem } = entry;
  if (problem !== undefined) return [{ name, state: 'red', what: problem.message, next: problem.hint }];
  const images = engine === undefined ? [] : checkImages(entry, engine);
  return [...checkLeave(entry), ...(await Promise.all([images, checkRecording(entry)])).flat()];
}

/** What the demo was allowed beyond the default: nothing to do, but something to know. */
function checkLeave({ name, asks = [] }: CatalogEntry): Check[] {
  if (asks.length === 0) return [];
  const what = `allowed: ${asks.map(({ text }) => text).join(' ')}`;
  return [{ name: `${name}: leave`, state: 'green', what, next: '' }];
}

/** What a demo is built on, and the images that it runs: those must be here before a network is needed. */
export function namesOfNeeded({ demo, sources }: CatalogEntry): string[] {
  if (demo === undefined) return [];
  const textOf = ({ name }: Demo['services'][number]): string =>
    sources.find(({ service }) => service === name)?.text ?? '';
  return [...new Set(findNeededImages(demo, textOf).map(({ image }) => image))];
}

/** What building a demo makes. */
export function namesOfBuilt(demo: Demo | undefined): string[] {
  const built = demo?.services.filter(({ build }) => build !== undefined) ?? [];
  return demo === undefined ? [] : built.map((service) => toImageTag(demo, service));
}

export type BuildState = 'current' | 'outdated' | 'missing';

/** Whether the engine has the demo's images, and whether they are of the sources as they are now. */
export async function readBuildState({ demo, folder }: CatalogEntry, engine: Engine): Promise<BuildState> {
  const hash = await hashSources(folder);
  const looks = namesOfBuilt(demo).map(async (name): Promise<BuildState> => {
    if (!(await engine.hasImage(name))) return 'missing';
    return (await engine.imageLabels(name))[SOURCES_LABEL] === hash ? 'current' : 'outdated';
  });
  const states = await Promise.all(looks);
  return (
    states.find((state) => state === 'missing') ?? states.find((state) => state !== 'current') ?? 'current'
  );
}

async function checkImages(entry: CatalogEntry, engine: Engine): Promise<Check[]> {
  const needed = namesOfNeeded(entry);
  const areHere = await Promise.all(needed.map(async (image) => engine.hasImage(image)));
  const missing = needed.filter((_image, i) => !areHere[i]);
  const base = toBaseCheck(`${entry.name}: base images`, needed, missing);
  if (namesOfBuilt(entry.demo).length === 0) return [base];
  return [base, toBuildCheck(`${entry.name}: image`, await readBuildState(entry, engine))];
}

function toBaseCheck(name: string, needed: readonly string[], missing: readonly string[]): Check {
  if (missing.length === 0) return { name, state: 'green', what: `here: ${needed.join(', ')}`, next: '' };
  const next = `Fetch them while there is a network: ${missing.map((one) => `docker pull ${one}`).join('; ')}`;
  return { name, state: 'red', what: `not on the engine: ${missing.join(', ')}`, next };
}

function toBuildCheck(name: string, state: BuildState): Check {
  const next = 'Run it once, or present with --prewarm: then the cache has it.';
  if (state === 'current') return { name, state: 'green', what: 'built from the current files', next: '' };
  const what = state === 'missing' ? 'not built yet' : 'built from an older version of the files';
  return { name, state: 'amber', what, next };
}

async function checkRecording({ name: demo, folder }: CatalogEntry): Promise<Check> {
  const name = `${demo}: recording`;
  const next = `Record it: deckhand rehearse ${demo}`;
  const state = await readRecordingState(folder);
  switch (state.kind) {
    case 'none':
      return { name, state: 'amber', what: 'none', next };
    case 'unreadable':
      return { name, state: 'red', what: state.why, next };
    case 'cut-off':
      return { name, state: 'amber', what: 'cut off before its end', next };
    case 'stale':
      return { name, state: 'amber', what: 'recorded from an older version of the files', next };
    case 'fresh':
      return { name, state: 'green', what: 'plays, and was recorded from the current files', next: '' };
  }
}
