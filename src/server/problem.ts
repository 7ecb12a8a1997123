import { entryOf } from '../demo/run/entry-of.ts';
import type { UserError } from '../demo/user-error.ts';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

export interface ProblemFields {
  status: ContentfulStatusCode;
  /** Ends the `type` URI: `urn:deckhand:<code>`. */
  code: string;
  /** The kind of problem, in a few words. */
  title: string;
  /** What happened, in a sentence. */
  detail: string;
  /** What to do. */
  hint: string;
  headers?: Readonly<Record<string, string>>;
}

/** An error that a client of the API gets, as RFC 9457 problem details. */
export class ApiProblem extends Error {
  readonly status: ContentfulStatusCode;
  /** Ends the `type` URI: `urn:deckhand:<code>`. */
  readonly code: string;
  readonly title: string;
  readonly hint: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor({ status, code, title, detail, hint, headers = {} }: ProblemFields) {
    super(detail);
    this.status = status;
    this.code = code;
    this.title = title;
    this.hint = hint;
    this.headers = headers;
  }
}

export function toProblemResponse(context: Context, problem: ApiProblem): Response {
  const { status, code, title, message, hint, headers } = problem;
  const body = { type: `urn:deckhand:${code}`, title, status, detail: message, hint };
  return context.json(body, status, { ...headers, 'Content-Type': 'application/problem+json' });
}

/** The talk's own errors that are not simply impossible now (409). */
const KINDS: Readonly<Record<string, { status: ContentfulStatusCode; title: string }>> = {
  'no-demo': { status: 404, title: 'No such demo' },
  'no-run': { status: 404, title: 'No such run' },
  'no-recording': { status: 409, title: 'No recording' },
  ending: { status: 409, title: 'Deckhand is ending' },
  overtaken: { status: 409, title: 'Overtaken' },
};

/** The one place where an error of the talk gets an HTTP status. */
export function fromUserError({ code, message, hint }: UserError): ApiProblem {
  const { status, title } = entryOf(KINDS, code) ?? { status: 409, title: 'Not possible now' };
  return new ApiProblem({ status, code, title, detail: message, hint });
}
