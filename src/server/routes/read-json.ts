import type { Context } from 'hono';
import { ApiProblem } from '../problem.ts';

/** Bodies of the API are a few words; more is a mistake or an attack. */
const MOST_BYTES = 64 * 1024;

/** The request's JSON body; an empty one is `{}`. */
export async function readJson(context: Context): Promise<unknown> {
  const text = await readText(context.req.raw.body);
  if (text === undefined) {
    throw new ApiProblem(413, 'too-large', 'Too large', 'The body is larger than 64 kB.', 'Send less.');
  }
  if (text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiProblem(400, 'bad-json', 'Not JSON', 'The body is not JSON.', 'Send a JSON object.');
  }
}

/** Undefined as soon as it is too long: a body that comes in pieces says beforehand no length that could be trusted. */
async function readText(body: ReadableStream<Uint8Array> | null): Promise<string | undefined> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  for await (const piece of body) {
    size += piece.length;
    if (size > MOST_BYTES) return undefined;
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}
