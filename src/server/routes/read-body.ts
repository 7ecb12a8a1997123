import type { Context } from 'hono';
import * as z from 'zod/mini';
import { en } from 'zod/locales';
import { ApiProblem } from '../problem.ts';

/** Bodies of the API are a few words; more is a mistake or an attack. */
const MAX_BYTES = 64 * 1024;

const { localeError } = en();

/** What the answer says when the body doesn't fit its schema. */
export interface BadBody {
  code: string;
  title: string;
  /** What to send instead. */
  hint: string;
}

/**
 * The request's JSON body as `schema` has it; an empty body is `{}`. Throws an `ApiProblem`: 413 for a body over 64 kB, 400 for one
 * that isn't JSON or doesn't fit, which names the first field that is wrong.
 */
export async function readBody<T extends z.ZodMiniType>(
  context: Context,
  schema: T,
  bad: BadBody,
): Promise<z.output<T>> {
  const parsed = schema.safeParse(await readJson(context), { error: localeError });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ApiProblem({ status: 400, ...bad, detail: issue === undefined ? bad.title : describe(issue) });
}

/** A schema's own sentence is said as it is. */
function describe(issue: z.core.$ZodIssue): string {
  if (issue.message.endsWith('.')) return issue.message;
  const field = z.core.toDotPath(issue.path);
  const message = issue.message.replace(/^Invalid input: /, '');
  const says = `${message.charAt(0).toLowerCase()}${message.slice(1)}`;
  return field === '' ? `The body is wrong: ${says}.` : `The field "${field}" is wrong: ${says}.`;
}

async function readJson(context: Context): Promise<unknown> {
  const text = await readText(context.req.raw.body);
  if (text === undefined) {
    throw new ApiProblem({
      status: 413,
      code: 'too-large',
      title: 'Too large',
      detail: 'The body is larger than 64 kB.',
      hint: 'Send less.',
    });
  }
  if (text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiProblem({
      status: 400,
      code: 'bad-json',
      title: 'Not JSON',
      detail: 'The body is not JSON.',
      hint: 'Send a JSON object.',
    });
  }
}

/** Undefined as soon as it is too long: the length that a chunked body announces can't be trusted. */
async function readText(body: ReadableStream<Uint8Array> | null): Promise<string | undefined> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BYTES) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
