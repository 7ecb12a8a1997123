import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { mediaType } from '../../files/media-type.ts';
import type { OpenedInside } from '../../files/open-inside.ts';

export interface SendOptions {
  /** Its name says what it is. */
  address: string;
  policy: string;
  /** Whether a script is sent as one. */
  scripts: boolean;
}

/** What is read in one go: most pictures. In bytes. */
const SMALL = 256 * 1024;

const SCRIPT = /\.(?:m?js|cjs)$/i;
/** What people link to in order to show it, and what browsers would only save. */
const TEXT =
  /\.(?:txt|log|md|ya?ml|toml|ini|conf|cfg|diff|patch|sql|py|sh|bash|rb|rs|go|java|kt|c|h|cc|cpp|hpp|cs|php|pl|r|ts|tsx|jsx)$|\/(?:Dockerfile|Makefile)$/i;

/** Answers with a file, or the part of it that was asked for, and closes it. A type that a browser guesses at is refused by `nosniff`. */
export async function sendFile(
  context: Context,
  file: OpenedInside,
  options: SendOptions,
): Promise<Response> {
  const { size, mtime } = file.stats;
  const type = toType(options);
  context.header('Content-Type', type);
  context.header('Last-Modified', mtime.toUTCString());
  context.header('Accept-Ranges', 'bytes');
  context.header('X-Content-Type-Options', 'nosniff');
  // A browser shows PDFs in a viewer of its own, which a sandbox keeps from starting.
  if (type !== 'application/pdf') context.header('Content-Security-Policy', options.policy);
  const range = toRange(context.req.header('range'), size);
  if (range === 'none') {
    await file.handle.close();
    return context.body(null, 416, { 'Content-Range': `bytes */${size}` });
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  context.header('Content-Length', String(end - start + 1));
  if (range !== undefined) context.header('Content-Range', `bytes ${start}-${end}/${size}`);
  const status = range === undefined ? 200 : 206;
  if (context.req.method === 'HEAD' || size === 0) {
    await file.handle.close();
    return context.body(null, status);
  }
  return context.body(await read(file, start, end), status);
}

async function read(
  { handle }: OpenedInside,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>> {
  const length = end - start + 1;
  if (length > SMALL) {
    const stream = handle.createReadStream({ start, end });
    // Whoever left in the middle of it ends it.
    stream.on('error', () => {});
    return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
  }
  try {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await handle.read(bytes, 0, length, start);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function toType({ address, scripts }: SendOptions): string {
  if (SCRIPT.test(address)) return scripts ? 'text/javascript; charset=utf-8' : 'text/plain; charset=utf-8';
  if (TEXT.test(address)) return 'text/plain; charset=utf-8';
  const type = mediaType(address);
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}

/** One range, as videos ask for it; undefined for none or for what is no range, which the RFC says to overlook. RFC 9110, section 14.2. */
function toRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'none' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from === '') {
    const last = Math.min(Number(to), size);
    return last === 0 ? 'none' : { start: size - last, end: size - 1 };
  }
  const start = Number(from);
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < start) return undefined;
  return start >= size ? 'none' : { start, end };
}
