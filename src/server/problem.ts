import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** An error that a client of the API gets, as RFC 9457 problem details. */
export class ApiProblem extends Error {
  readonly status: ContentfulStatusCode;
  /** Ends the `type` URI: `urn:deckhand:<code>`. */
  readonly code: string;
  readonly title: string;
  readonly hint: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    title: string,
    detail: string,
    hint: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
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
