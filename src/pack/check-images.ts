import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { extract, type ExtractEvents } from 'tar-stream';
import * as z from 'zod/mini';
import { UserError } from '../demo/user-error.ts';
import type { PackManifest } from './manifest.ts';

type Entry = ExtractEvents['entry'][1];

/** The files of an image archive that give images their names, for Docker, for its predecessors, and for containerd. */
const LISTS = new Set(['manifest.json', 'repositories', 'index.json']);
/** A list names some images; it is no archive of its own. */
const MAX_LIST_BYTES = 1_000_000;
/** What `docker save` of older engines writes for a layer that two images share. */
const SHARED_LAYER = /^\.\.\/[0-9a-f]{64}\/layer\.tar$/u;

// Strict: engines written in Go read `repotags` and `RepoTagſ` as `RepoTags` too.
const anything = z.optional(z.unknown());
const manifestList = z.array(
  z.strictObject({
    RepoTags: z.nullish(z.array(z.string())),
    Config: anything,
    Layers: anything,
    Parent: anything,
    LayerSources: anything,
  }),
);
const repositories = z.record(z.string(), z.record(z.string(), z.string()));
const imageIndex = z.strictObject({
  manifests: z.array(
    z.strictObject({
      annotations: z.optional(z.record(z.string(), z.string())),
      mediaType: anything,
      artifactType: anything,
      digest: anything,
      size: anything,
      platform: anything,
      urls: anything,
    }),
  ),
  schemaVersion: anything,
  mediaType: anything,
  artifactType: anything,
  annotations: anything,
});

/**
 * Reads which names an engine would give the images of an archive (`docker save`'s format, or OCI's), and throws a `UserError`
 * when one of them is not in the pack's list: it would take the place of an image that this engine has. Source: moby's
 * image specification 1.2, and the annotations that containerd reads names from.
 */
export async function checkImages(archive: string, { images }: PackManifest, shown: string): Promise<void> {
  const listed = new Set(images.map(({ name }) => toFullName(name)));
  for (const name of await readNames(archive, shown)) {
    // Podman calls what it has built localhost/NAME, and lists it by NAME.
    const isListed =
      listed.has(toFullName(name)) || listed.has(toFullName(name.replace(/^localhost\//u, '')));
    if (!isListed) throw unlisted(shown, name);
  }
}

async function readNames(file: string, shown: string): Promise<string[]> {
  const archive = extract();
  const input = pipeline(createReadStream(file), archive);
  try {
    const [names] = await Promise.all([namesIn(archive, shown), input]);
    return names;
  } catch (error) {
    archive.destroy();
    await input.catch(() => {});
    throw error instanceof UserError ? error : odd(shown, error);
  }
}

async function namesIn(archive: AsyncIterable<Entry>, shown: string): Promise<string[]> {
  const seen = new Set<string>();
  const names: string[] = [];
  for await (const entry of archive) {
    const { name, isList } = checkEntry(entry, seen, shown);
    if (isList) names.push(...parseNames(name, await text(entry)));
    else entry.resume();
  }
  return names;
}

/** An engine unpacks the archive into a folder: a link, or a second entry of one name, could put another list there. */
function checkEntry(
  { header: { name: written, type, linkname, size } }: Entry,
  seen: Set<string>,
  shown: string,
): { name: string; isList: boolean } {
  const parts = written.split('/').filter((part) => part !== '' && part !== '.');
  const name = parts.join('/');
  const isList = LISTS.has(parts.at(-1) ?? '');
  const isPlain =
    type === 'file' || type === 'directory' || (type === 'symlink' && SHARED_LAYER.test(linkname ?? ''));
  const isListInPlace = type === 'file' && parts.length === 1 && (size ?? 0) <= MAX_LIST_BYTES;
  const isTwice = seen.has(name) && type !== 'directory';
  if (!isPlain || parts.includes('..') || isTwice || (isList && !isListInPlace)) throw odd(shown);
  seen.add(name);
  return { name, isList };
}

function parseNames(list: string, content: string): string[] {
  const json = JSON.parse(content) as unknown;
  if (list === 'manifest.json') return z.parse(manifestList, json).flatMap(({ RepoTags }) => RepoTags ?? []);
  if (list === 'repositories') {
    const entries = Object.entries(z.parse(repositories, json));
    return entries.flatMap(([name, tags]) => Object.keys(tags).map((tag) => `${name}:${tag}`));
  }
  // `ref.name` holds a whole name, or only a tag beside containerd's whole one.
  return z.parse(imageIndex, json).manifests.flatMap(({ annotations = {} }) => {
    const { 'io.containerd.image.name': whole, 'org.opencontainers.image.ref.name': ref } = annotations;
    if (whole !== undefined) return [whole];
    return ref === undefined ? [] : [ref];
  });
}

/** One spelling for each name: `python`, `library/python:latest` and `docker.io/library/python` are the same image. */
function toFullName(name: string): string {
  const short = name.replace(/^(?:docker\.io|index\.docker\.io)\//u, '').replace(/^library\//u, '');
  return /:[^/]*$/u.test(short) ? short : `${short}:latest`;
}

function unlisted(shown: string, name: string): UserError {
  const message = `${shown} brings an image called ${name}, which its list doesn't name. Nothing was unpacked.`;
  const hint = "It would replace this engine's own image of that name. Ask whoever gave you the pack.";
  return new UserError('pack-unsafe', message, hint);
}

function odd(shown: string, cause?: unknown): UserError {
  const message = `The images in ${shown} are not an archive that an engine writes. Nothing was unpacked.`;
  const hint = 'Make the pack again, or unpack it without images: --no-images';
  return new UserError('pack-unsafe', message, hint, { cause });
}
