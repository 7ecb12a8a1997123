import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { canDecode, decode } from './decode.ts';
import { toKeysScript } from './keys-script.ts';
import { readBeginning, type Beginning } from './page-beginning.ts';
import type { Found } from './shown-app.ts';

type Headers = Record<string, string | string[]>;

interface PageAnswer {
  found: Found;
  status: number;
  headers: Headers;
  /** That its policy lets the script in by. */
  nonce: string;
  /** Whether the frame's key may be in it. */
  isForUs: boolean;
}

const NO_BODY = [204, 205, 206, 304];

/** Whether this answer is a page that the keys' script can stand in. */
export function isPage({ method }: IncomingMessage, status: number, headers: Headers): boolean {
  if (method === 'HEAD' || NO_BODY.includes(status)) return false;
  const type = headers['content-type'] ?? 'text/html';
  return /^\s*text\/html\b/iu.test(String(type)) && canDecode(String(headers['content-encoding'] ?? ''));
}

/** Sends a page of the app, decoded, with the keys' script before anything of its own, and may be framed. */
export async function sendPage(
  { found, status, headers, nonce, isForUs }: PageAnswer,
  answer: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const encoding = String(headers['content-encoding'] ?? '');
  const kept = without(headers, ['content-encoding', 'content-length', 'etag']);
  const script =
    !isForUs || found.frame === undefined || found.frame.key === '' ? '' : toKeysScript(found.frame, nonce);
  const begin = ({ charset, scriptAt }: Beginning): void => {
    if (found.frame !== undefined) found.frame.isFile = scriptAt === undefined;
    const type = headers['content-type'];
    response.writeHead(status, {
      ...kept,
      // What the script pushes down is looked for in a page's first kilobyte only; and nothing else is read out of the header than was here.
      ...(type === undefined
        ? {}
        : { 'content-type': charset === undefined ? 'text/html' : `text/html; charset=${charset}` }),
      // The script has the frame's key in it, and the app's own scripts can read what is kept.
      'cache-control': 'no-store',
    });
  };
  await pipeline(
    answer,
    (source: Readable) => toPage(decode(source, encoding), { script, headers, begin }),
    response,
  );
}

function without(headers: Headers, names: readonly string[]): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

interface PageParts {
  script: string;
  headers: Headers;
  begin(beginning: Beginning): void;
}

async function* toPage(
  source: AsyncIterable<Buffer>,
  { script, headers, begin }: PageParts,
): AsyncGenerator<Buffer> {
  const rest = source[Symbol.asyncIterator]();
  const beginning = await readBeginning(rest, String(headers['content-type'] ?? ''));
  begin(beginning);
  const { bytes, scriptAt } = beginning;
  if (scriptAt === undefined) yield bytes;
  // In one piece: nothing can come between the page's beginning and its script.
  else yield Buffer.concat([bytes.subarray(0, scriptAt), Buffer.from(script), bytes.subarray(scriptAt)]);
  for (;;) {
    const next = await rest.next();
    if (next.done === true) return;
    yield next.value;
  }
}
