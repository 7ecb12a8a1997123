import * as z from 'zod/mini';

/** The first entry of a pack: what is in it, with a hash of each. */
export const MANIFEST_ENTRY = 'deckhand-pack.json';
/** What an unpacked deck keeps of it. A dot in front: it is not served. */
export const PACK_MARK = '.deckhand-pack.json';
/** The entry that holds the engine's images. */
export const IMAGES_ENTRY = 'images.tar';
/** The deck on paper. */
export const PDF_ENTRY = 'talk.pdf';
/** The deck's own files stand under it. */
export const DECK_FOLDER = 'deck/';

/** Raised when an older Deckhand would misread a pack. */
export const PACK_VERSION = 1;

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/u));
const entry = z.object({
  /** In the pack, with `/`. */
  path: z.string().check(z.maxLength(4096)),
  kind: z.enum(['file', 'link']),
  /** Permission bits. */
  mode: z.int().check(z.minimum(0), z.maximum(0o777)),
  /** Bytes; 0 for a link. */
  size: z.int().check(z.minimum(0)),
  /** Of the content; of the target for a link. */
  sha256: hash,
  /** Where a link points to, relative to its own folder. */
  target: z.optional(z.string().check(z.maxLength(4096))),
});

const manifest = z.object({
  format: z.literal('deckhand-pack'),
  version: z.int(),
  /** Which Deckhand made it. */
  by: z.string(),
  /** ISO 8601. */
  made: z.string(),
  title: z.string(),
  /** The Markdown file, relative to the unpacked folder. */
  deck: z.string(),
  /** `linux/amd64`: what the images run on; absent without images. */
  platform: z.optional(z.string()),
  images: z.array(z.object({ name: z.string(), id: z.string() })),
  /** In the order of the pack. */
  entries: z.array(entry),
});

export type PackManifest = z.output<typeof manifest>;
export type PackEntry = z.output<typeof entry>;

/** Undefined when it is no manifest. Of a newer version only the version may be relied on. */
export function parseManifest(text: string): PackManifest | undefined {
  try {
    const parsed = manifest.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
