import type { Context } from 'hono';
import { ApiProblem } from './problem.ts';

/** Bodies of the API are a few words; more is a mistake or an attack. */
const MOST_BYTES = 64 * 1024;

/** The request's JSON body; an empty one is `{}`. */
export async function readJson(context: Context): Promise<unknown> {
  const declared = Number(context.req.header('content-length') ?? '0');
  const text = declared > MOST_BYTES ? undefined : await context.req.text();
  if (text === undefined || text.length > MOST_BYTES) {
    throw new ApiProblem(413, 'too-large', 'Too large', 'The body is larger than 64 kB.', 'Send less.');
  }
  if (text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiProblem(400, 'bad-json', 'Not JSON', 'The body is not JSON.', 'Send a JSON object.');
  }
}
