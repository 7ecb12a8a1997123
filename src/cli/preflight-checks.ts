import { statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { join } from 'node:path';
import type { FoundEngine } from '../engine/find-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { toImageTag } from '../runner/run-context.ts';
import { readRecordingFile } from './read-recording-file.ts';
import { hashSources } from '../runner/hash-sources.ts';
import type { CatalogEntry } from './demo-catalog.ts';
import { findChromium } from './find-chromium.ts';

/** One thing that was looked at before the talk. */
export interface Check {
  name: string;
  /** Red stops the talk or a demo; amber is worth a look. */
  state: 'green' | 'amber' | 'red';
  /** What was found. */
  what: string;
  /** What to do about it; empty when there is nothing to do. */
  next: string;
}

const GIGABYTE = 1e9;
const LEAST_DISK = 5 * GIGABYTE;
const LEAST_MEMORY = 1 * GIGABYTE;

export function checkEngine(found: FoundEngine): Check {
  const name = 'engine';
  if (found.engine !== undefined) return { name, state: 'green', what: found.why, next: '' };
  return { name, state: 'red', what: found.problem.message, next: found.problem.hint };
}

export async function checkDisk(folder: string): Promise<Check> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const what = `${(free / GIGABYTE).toFixed(1)} GB free`;
  if (free >= LEAST_DISK) return { name: 'disk', state: 'green', what, next: '' };
  return { name: 'disk', state: 'amber', what, next: 'Make room: images and builds need a few gigabytes.' };
}

export function checkMemory(): Check {
  const free = freemem();
  const what = `${(free / GIGABYTE).toFixed(1)} GB free`;
  if (free >= LEAST_MEMORY) return { name: 'memory', state: 'green', what, next: '' };
  return { name: 'memory', state: 'amber', what, next: 'Close what the talk does not need.' };
}

export async function checkBrowser(): Promise<Check> {
  return findChromium().then(
    (file): Check => ({ name: 'browser', state: 'green', what: file, next: '' }),
    (error: Error): Check => ({
      name: 'browser',
      state: 'amber',
      what: error.message,
      next: 'Needed for pictures in recordings and for the PDF only.',
    }),
  );
}

/** The demo's file, its images on the engine, and its recording. */
export async function checkDemo(entry: CatalogEntry, engine: Engine | undefined): Promise<Check[]> {
  const { name, problem } = entry;
  if (problem !== undefined) return [{ name, state: 'red', what: problem.message, next: problem.hint }];
  const images = engine === undefined ? [] : [await checkImages(entry, engine)];
  return [...images, await checkRecording(entry)];
}

async function checkImages({ name, demo, sources }: CatalogEntry, engine: Engine): Promise<Check> {
  const check = `${name}: images`;
  const bases = new Set(sources.flatMap((source) => baseImages(source.text)));
  const pulled = (demo?.services ?? []).flatMap((service) => service.image ?? []);
  const built = (demo?.services ?? []).flatMap((service) =>
    demo === undefined || service.build === undefined ? [] : [toImageTag(demo, service)],
  );
  const missing = await missingOf(engine, [...bases, ...pulled]);
  const unbuilt = await missingOf(engine, built);
  if (missing.length > 0) {
    const what = `not on this machine: ${missing.join(', ')}`;
    return { name: check, state: 'red', what, next: 'Run the demo once while there is a network.' };
  }
  if (unbuilt.length === 0)
    return { name: check, state: 'green', what: 'base images here, demo built', next: '' };
  return {
    name: check,
    state: 'amber',
    what: 'base images here, demo not built yet',
    next: 'Run it once: the next build comes from the cache.',
  };
}

/** What a Dockerfile builds on, without its own stages and without names that depend on build arguments. */
function baseImages(dockerfile: string): string[] {
  const from = [...dockerfile.matchAll(/^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/gim)];
  const stages = new Set(from.map((match) => match[2] ?? ''));
  const names = from.map((match) => match[1] ?? '');
  return names.filter((image) => !stages.has(image) && !image.includes('$') && image !== 'scratch');
}

async function missingOf(engine: Engine, images: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    images.map(async (image) => ({ image, isHere: await engine.hasImage(image) })),
  );
  return found.filter(({ isHere }) => !isHere).map(({ image }) => image);
}

async function checkRecording({ name, folder }: CatalogEntry): Promise<Check> {
  const check = `${name}: recording`;
  const next = 'Run it once: the run is recorded.';
  const recording = await readRecordingFile(join(folder, 'recording', 'run.cast'));
  if (recording === undefined) return { name: check, state: 'amber', what: 'none', next };
  if ('unreadable' in recording) return { name: check, state: 'red', what: recording.unreadable, next };
  if (!recording.isComplete) return { name: check, state: 'amber', what: 'cut off before its end', next };
  const isFresh = recording.facts?.sourcesHash === (await hashSources(folder));
  if (isFresh) return { name: check, state: 'green', what: 'plays, and is of these sources', next: '' };
  return { name: check, state: 'amber', what: 'of other sources than are here now', next };
}
