import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { UserError } from '../demo/user-error.ts';
import type { Engine } from '../engine/engine.ts';
import { findEngine } from '../engine/find-engine.ts';
import { checkImages } from '../pack/check-images.ts';
import { DECK_FOLDER, IMAGES_ENTRY, PACK_MARK, PDF_ENTRY, type PackManifest } from '../pack/manifest.ts';
import { readPack } from '../pack/read-pack.ts';
import { holdTemporary, sweepTemporary, temporaryName } from '../files/temporary.ts';
import { toWriteProblem } from '../files/whole-file.ts';

export interface UnpackOptions {
  file: string;
  output?: string | undefined;
  images: boolean;
  force?: boolean | undefined;
  engine?: string | undefined;
}

/** Unpacks a deck: all of it checked first, then its images given to the engine, then its folder put in place. */
export async function runUnpack(options: UnpackOptions): Promise<void> {
  const { file, force = false } = options;
  const shown = options.output ?? basename(file, extname(file));
  const output = resolve(shown);
  await checkOutput(output, shown, force);
  const engine = options.images ? await connect(options.engine) : undefined;
  const work = await makeWorkFolder(output, shown);
  const release = holdTemporary(work);
  try {
    const manifest = await readPack({
      file: resolve(file),
      shown: file,
      into: work,
      isWanted: (path) => path !== IMAGES_ENTRY || engine !== undefined,
      onManifest: (found) => tellPlatform(found, engine),
    });
    if (engine !== undefined) await loadImages(engine, manifest, { work, shown: file });
    const names = await placeFiles(work, output, manifest, engine !== undefined);
    printUnpacked(shown, manifest, names, engine);
  } catch (error) {
    throw toKnown(error, options.file, shown);
  } finally {
    engine?.close();
    await rm(work, { recursive: true, force: true });
    release();
  }
}

function toKnown(error: unknown, file: string, shown: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' && error instanceof Error && 'path' in error && error.path === resolve(file))
    return new UserError(
      'no-pack',
      `There is no file ${file}.`,
      'Name the pack: deckhand unpack talk.deckhand',
    );
  return code === 'ENOSPC' || code === 'EDQUOT' ? toWriteProblem(shown, error) : error;
}

async function checkOutput(output: string, shown: string, force: boolean): Promise<void> {
  const names = await readdir(output).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw toWriteProblem(shown, error);
  });
  if (names.length === 0 || force) return;
  const hint = `Name another folder with -o, or add --force: it replaces what the pack has too, and leaves the rest.`;
  throw new UserError('output-exists', `The folder ${shown} is there and not empty.`, hint);
}

async function connect(asked: string | undefined): Promise<Engine> {
  const found = await findEngine({ engine: asked });
  if (found.engine !== undefined) return found.engine;
  const hint = 'Start it, or unpack without images: --no-images. Recordings play then.';
  throw new UserError('no-engine', found.problem.message, hint);
}

/** Beside the folder that it becomes, so that it gets there in one step; its name says what it is should we be killed. */
async function makeWorkFolder(output: string, shown: string): Promise<string> {
  try {
    await mkdir(dirname(output), { recursive: true });
    sweepTemporary(output);
    return await mkdtemp(`${temporaryName(output, 'half-unpacked')}-`);
  } catch (error) {
    throw toWriteProblem(shown, error);
  }
}

function tellPlatform({ platform }: PackManifest, engine: Engine | undefined): void {
  if (engine === undefined || platform === undefined || platform === engine.facts.platform) return;
  process.stderr.write(
    `  The images are for ${platform}, this engine runs ${engine.facts.platform}: they are slow here, or don't run.\n` +
      '  Pack on a laptop of the same kind, or unpack with --no-images and build here while there is a network.\n',
  );
}

async function loadImages(
  engine: Engine,
  manifest: PackManifest,
  { work, shown }: { work: string; shown: string },
): Promise<void> {
  const archive = join(work, IMAGES_ENTRY);
  const { images, entries } = manifest;
  if (!entries.some(({ path }) => path === IMAGES_ENTRY)) return;
  await checkImages(archive, manifest, shown);
  process.stdout.write(`  every hash is right; giving ${images.length} images to the engine …\n`);
  await engine.loadImages(createReadStream(archive), new AbortController().signal);
  await rm(archive);
  for (const { name, id } of images) {
    const found = await engine.imageId(name);
    if (found === undefined) {
      const hint = 'Unpack once more; if it stays so, build the demos here while there is a network.';
      throw new UserError('image-not-loaded', `The engine took the images, but has no ${name}.`, hint);
    }
    if (found === id) continue;
    const why = 'this engine counts ids in another way';
    process.stderr.write(`  ${name} has another id here (${why}): its demo is built again when it runs.\n`);
  }
}

/** Moves what was unpacked into its place. Returns the names that are there now. */
async function placeFiles(
  work: string,
  output: string,
  manifest: PackManifest,
  hasImages: boolean,
): Promise<string[]> {
  const deck = join(work, DECK_FOLDER);
  const { entries: _entries, ...facts } = manifest;
  const mark = { ...facts, entries: [], images: hasImages ? manifest.images : [] };
  await writeFile(join(deck, PACK_MARK), `${JSON.stringify(mark, undefined, 2)}\n`);
  const names = await readdir(deck);
  // A deck may have a file of that name itself.
  const hasPdf = manifest.entries.some(({ path }) => path === PDF_ENTRY) && !names.includes(PDF_ENTRY);
  if (hasPdf) await rename(join(work, PDF_ENTRY), join(deck, PDF_ENTRY));
  await mkdir(output, { recursive: true });
  for (const name of await readdir(deck)) {
    await rm(join(output, name), { recursive: true, force: true });
    await rename(join(deck, name), join(output, name));
  }
  return hasPdf ? [...names, PDF_ENTRY] : names;
}

function printUnpacked(
  shown: string,
  { title, deck, entries, images }: PackManifest,
  names: readonly string[],
  engine: Engine | undefined,
): void {
  const files = entries.filter(({ path }) => path.startsWith(DECK_FOLDER)).length;
  const what = [
    `${files} files`,
    engine === undefined ? 'no images' : `${images.length} images`,
    ...(names.includes(PDF_ENTRY) ? [PDF_ENTRY] : []),
  ];
  const file = join(shown, deck);
  process.stdout.write(`${title === '' ? deck : title}: ${what.join(', ')} in ${shown}\n`);
  process.stdout.write(`  deckhand preflight ${file}\n  deckhand present ${file}\n`);
}
