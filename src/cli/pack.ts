import { createWriteStream } from 'node:fs';
import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { compileDeck } from '../deck/compile.ts';
import type { Deck } from '../deck/deck.ts';
import { UserError } from '../demo/user-error.ts';
import type { Engine } from '../engine/engine.ts';
import { findEngine } from '../engine/find-engine.ts';
import { compileWithFiles } from '../talk/deck/compile-talk.ts';
import { readDeckFile } from '../talk/deck/deck-file.ts';
import { findDeck, type DeckPath } from '../talk/deck/deck-path.ts';
import type { CatalogEntry } from '../talk/demos/catalog-entry.ts';
import { type DemoCatalog } from '../talk/demos/demo-catalog.ts';
import { openCatalog } from '../talk/demos/open-catalog.ts';
import { collectFiles, type PackedFile } from '../pack/collect.ts';
import { findPackImages } from '../pack/find-images.ts';
import { IMAGES_ENTRY, PACK_VERSION, PDF_ENTRY, type PackManifest } from '../pack/manifest.ts';
import { writePack } from '../pack/write-pack.ts';
import { runPdf } from './pdf.ts';
import { demosOf } from '../talk/preflight/look.ts';
import { namesOfSecrets } from '../runner/recorder/secrets.ts';
import { prewarm } from '../talk/runs/prewarm.ts';
import { createPrewarmPrinter } from '../talk/runs/prewarm-once.ts';
import { PLAIN_LAYOUT } from '../stage/print-layout.ts';
import { toFileSize } from './text/print-progress.ts';
import { StandbyRuns } from '../talk/runs/standby-runs.ts';
import { holdTemporary, temporaryName } from '../files/temporary.ts';
import { claimFile, toWriteProblem } from '../files/whole-file.ts';

export interface PackOptions {
  deck: string | undefined;
  output?: string | undefined;
  images: boolean;
  engine?: string | undefined;
  version: string;
}

/** Puts a deck with all that it needs into one file, for another laptop without a network. */
export async function runPack(options: PackOptions): Promise<void> {
  const path = await findDeck(options.deck, process.cwd());
  const shown = options.output ?? `${basename(path.file, extname(path.file))}.deckhand`;
  const output = await claimFile(shown);
  const catalog = await openCatalog(path);
  const deck = await compile(path, catalog);
  const demos = demosOf(deck, catalog);
  const work = await mkdtemp(`${temporaryName(output, 'making')}-`);
  const release = holdTemporary(work);
  try {
    const { engine, images } = await prepareImages(options, demos);
    const collected = await collectFiles(path, deck, demos);
    const extra = [...(await addPdf(options, work)), ...(await addImages(engine, images, work))];
    const facts = {
      format: 'deckhand-pack' as const,
      version: PACK_VERSION,
      by: options.version,
      made: new Date().toISOString(),
      title: deck.title,
      deck: collected.deck,
      ...(engine === undefined ? {} : { platform: engine.facts.platform }),
      images,
    };
    engine?.close();
    const partial = join(work, 'whole');
    const manifest = await writePack(partial, facts, [...collected.files, ...extra]);
    await rename(partial, output);
    await printPacked(shown, output, manifest, demos, collected.leftOut);
  } catch (error) {
    throw isNoRoom(error) ? toWriteProblem(shown, error) : error;
  } finally {
    await rm(work, { recursive: true, force: true });
    release();
  }
}

function isNoRoom(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

async function compile(path: DeckPath, catalog: DemoCatalog): Promise<Deck> {
  const { text, problem } = await readDeckFile(path.file);
  if (text === undefined) throw new UserError('no-deck', problem.message, problem.hint ?? '');
  const deck = await compileWithFiles(text, { demos: catalog.views }, path.places, compileDeck);
  if (deck.diagnostics.some(({ severity }) => severity === 'error')) {
    const hint = `deckhand check ${path.shown} says which.`;
    throw new UserError('bad-deck', `${path.shown} has errors: it could not be presented.`, hint);
  }
  return deck;
}

interface Prepared {
  engine: Engine | undefined;
  images: PackManifest['images'];
}

/** The demos' images, built from the sources as they are now, and those that they are built on. */
async function prepareImages(options: PackOptions, demos: readonly CatalogEntry[]): Promise<Prepared> {
  if (!options.images) return { engine: undefined, images: [] };
  const { engine, problem } = await findEngine({ engine: options.engine }).then((found) => ({
    engine: found.engine,
    problem: found.engine === undefined ? found.problem : undefined,
  }));
  if (engine === undefined) {
    const hint = 'Start it, or pack without images: --no-images';
    throw new UserError('no-engine', problem?.message ?? 'There is no engine.', hint);
  }
  const standby = new StandbyRuns();
  const print = createPrewarmPrinter('build');
  const toRunnable = ({ demo, folder }: CatalogEntry) =>
    demo === undefined ? undefined : { demo, folder, engine };
  const rows = await prewarm({ entries: demos, toRunnable, standby, tell: print });
  const failed = rows.filter(({ state }) => state === 'failed').map(({ demo }) => demo);
  const hopeless = demos.find(({ name, recording }) => failed.includes(name) && recording === undefined);
  if (hopeless !== undefined) {
    const message = `${hopeless.name} could not be built, and has no recording to play instead.`;
    throw new UserError(
      'no-image',
      message,
      'Put right what it says above, or pack without images: --no-images',
    );
  }
  for (const name of failed)
    process.stderr.write(`  packed without images: ${name} will play its recording\n`);
  return {
    engine,
    images: await findPackImages(
      engine,
      demos.filter(({ name }) => !failed.includes(name)),
    ),
  };
}

async function addImages(
  engine: Engine | undefined,
  images: PackManifest['images'],
  work: string,
): Promise<PackedFile[]> {
  if (engine === undefined || images.length === 0) return [];
  const file = join(work, IMAGES_ENTRY);
  process.stdout.write(`  saving ${images.length} images …\n`);
  const names = images.map(({ name }) => name);
  // To a file first: how long the engine's archive is stands nowhere before its end.
  await pipeline(await engine.saveImages(names, new AbortController().signal), createWriteStream(file));
  return [{ path: IMAGES_ENTRY, file, mode: 0o644 }];
}

/** A pack without paper is still a pack. */
async function addPdf({ deck, version }: PackOptions, work: string): Promise<PackedFile[]> {
  const file = join(work, PDF_ENTRY);
  try {
    await runPdf({ deck, output: relative(process.cwd(), file), layout: PLAIN_LAYOUT, version });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`  packed without a PDF: ${error.message} ${error.hint}\n`);
    return [];
  }
  return [{ path: PDF_ENTRY, file, mode: 0o644 }];
}

async function printPacked(
  shown: string,
  output: string,
  { entries, images }: PackManifest,
  demos: readonly CatalogEntry[],
  leftOut: readonly string[],
): Promise<void> {
  const { size } = await stat(output);
  const recorded = demos.filter(({ recording }) => recording !== undefined).length;
  const without = demos.filter(({ recording }) => recording === undefined).map(({ name }) => name);
  const what = `${entries.length} files, ${images.length} images, ${recorded} recordings`;
  process.stdout.write(`${shown}: ${toFileSize(size)}, ${what}\n`);
  for (const name of leftOut) process.stderr.write(`  not packed: ${name}\n`);
  for (const { name, demo } of demos) {
    const secrets = demo === undefined ? [] : namesOfSecrets(demo);
    if (secrets.length === 0) continue;
    process.stderr.write(
      `  ${name}: its files go along with what they hold in ${secrets.join(', ')}: everyone who gets the pack can read it\n`,
    );
  }
  for (const name of without) process.stderr.write(`  ${name} has no recording: deckhand rehearse ${name}\n`);
  process.stdout.write(`  On the other laptop: deckhand unpack ${basename(output)}\n`);
}
