import { once } from 'node:events';
import type { Readable, Transform } from 'node:stream';
import zlib from 'node:zlib';

/** What a page of a broken encoding shows in its place, as far as it is kept to be shown. */
const MAX_RAW = 4 * 1024 * 1024;

/** One in another is what a proxy makes of it; each has a memory of its own. */
const MAX_ENCODINGS = 3;

/** Whether all of this can be undone here. */
export function canDecode(encoding: string): boolean {
  const names = toNames(encoding);
  return names.length <= MAX_ENCODINGS && names.every((name) => decoderOf(name) !== undefined);
}

function toNames(encoding: string): string[] {
  const names = encoding.split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '' && name !== 'identity');
}

/** An app that compresses what nobody asked it to: its page as it is. One that is broken comes with a note in it. */
export function decode(source: Readable, encoding: string): AsyncIterable<Buffer> {
  // The last one was applied last.
  return toNames(encoding).reduceRight<AsyncIterable<Buffer>>(
    (decoded, name) => decodeWith(decoded, name),
    source,
  );
}

async function* decodeWith(source: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const pieces = source[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (first.done === true) return;
  const decoder = createDecoder(name, first.value);
  const raw: Buffer[] = [first.value];
  let isBroken = decoder === undefined;
  let hasOutput = false;
  const feed = async (): Promise<void> => {
    if (decoder !== undefined) await write(decoder, first.value);
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
      if (!hasOutput && toLength(raw) < MAX_RAW) raw.push(next.value);
      if (decoder !== undefined && !isBroken) await write(decoder, next.value);
    }
    if (decoder?.destroyed === false) decoder.end();
  };
  const feeding = feed();
  feeding.catch((error: Error) => decoder?.destroy(error));
  try {
    if (decoder !== undefined) {
      for await (const piece of decoder as AsyncIterable<Buffer>) {
        hasOutput = true;
        raw.length = 0;
        yield piece;
      }
    }
  } catch {
    isBroken = true;
  }
  await feeding;
  if (isBroken) yield* toBroken(name, raw, hasOutput);
}

async function write(decoder: Transform, piece: Buffer): Promise<void> {
  if (decoder.destroyed || decoder.write(piece)) return;
  // What is wrong with it is told to who reads it.
  await Promise.race([once(decoder, 'drain'), once(decoder, 'close')]).catch(() => undefined);
}

function toLength(pieces: readonly Buffer[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

type MakeDecoder = (beginning: Buffer) => Transform;

function createDecoder(name: string, beginning: Buffer): Transform | undefined {
  return decoderOf(name)?.(beginning);
}

function decoderOf(name: string): MakeDecoder | undefined {
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return () => zlib.createGunzip();
    case 'deflate':
      return createInflate;
    case 'br':
      return () => zlib.createBrotliDecompress();
    case 'zstd':
      return zstd();
    default:
      return undefined;
  }
}

/** RFC 9110 means zlib's format; some send what is in it alone. */
function createInflate([first = 0, second = 0]: Buffer): Transform {
  const isWrapped = (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
  return isWrapped ? zlib.createInflate() : zlib.createInflateRaw();
}

/** Node has it from 22.15 on. */
function zstd(): MakeDecoder | undefined {
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress');
  return typeof create === 'function' ? () => create() as Transform : undefined;
}

function* toBroken(name: string, raw: readonly Buffer[], hasOutput: boolean): Generator<Buffer> {
  const bytes = Buffer.concat(raw);
  // Said to be encoded, and is not: a page that can be read.
  const isText =
    !hasOutput && /^(?:\u00ef\u00bb\u00bf)?\s*</u.test(bytes.subarray(0, 256).toString('latin1'));
  if (isText) yield bytes;
  const what = hasOutput ? 'The rest of this page can&rsquo;t be read' : 'This page can&rsquo;t be read';
  const words = isText ? 'This page is shown as it came' : what;
  const shown = name.replaceAll(/[^\w-]/gu, '');
  yield Buffer.from(
    `<p role="status">${words}: the app says that it is encoded as &ldquo;${shown}&rdquo;, and it is not.</p>\n`,
  );
}
