import { tryAgain } from '../try-again.ts';

/** What an error of the API says, for people. */
export interface Problem {
  detail: string;
  hint: string;
  /** `urn:deckhand:` and the error's name, when the server says so. */
  type?: string;
}

/** In the place of a status. */
const NOBODY = 0;

export class ApiError extends Error {
  readonly problem: Problem;
  /** Nobody answered: whether the call arrived is not known. */
  readonly isLost: boolean;
  /** Nobody answered, or one who doesn't know this page: Deckhand was started again. */
  readonly isUnheard: boolean;
  constructor(problem: Problem, status?: number) {
    super(problem.detail);
    this.problem = problem;
    this.isLost = status === NOBODY;
    this.isUnheard = this.isLost || status === 401;
  }
}

/** Calls the API with the page's token. Throws an `ApiError` with what to tell the speaker. */
export type CallApi = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => Promise<unknown>;

/** `base` is where the paths count from. */
export function createApi(token: string, base = '/api'): CallApi {
  return async (method, path, body) => {
    const headers = { 'X-Deckhand-Token': token, 'Content-Type': 'application/json' };
    // What a window says when it closes must outlive it.
    const keepalive = path === '/stage/speaker';
    const request =
      body === undefined ? { method, headers } : { method, headers, keepalive, body: JSON.stringify(body) };
    const response = await fetch(`${base}${path}`, request).catch(() => undefined);
    if (response === undefined) {
      const hint = 'Is it still running in its terminal?';
      throw new ApiError({ detail: 'Deckhand does not answer.', hint }, NOBODY);
    }
    const text = await response.text();
    const reply: unknown = text === '' ? undefined : JSON.parse(text);
    if (!response.ok) throw new ApiError(reply as Problem, response.status);
    return reply;
  };
}

/** Calls again when nobody answered, as long as it is still wanted: only for what may be done twice. */
export async function callAgain<T>(call: () => Promise<T>, isWanted: () => boolean = () => true): Promise<T> {
  return tryAgain(call, (error) => error instanceof ApiError && error.isLost && isWanted());
}
