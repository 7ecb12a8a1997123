import { setTimeout as delay } from 'node:timers/promises';
import { probeByGet, probeHttp } from './probe-http.ts';

/** What stands before an app while it starts: nginx, a gateway. It is not the app. */
const STARTING = [502, 503, 504];
/** Refused for the name that it was asked by, it may be. */
const REFUSED = [400, 403, 404, 421];
const PAUSE_MS = 50;
/** An answer that takes so long is worth a word. */
const SLOW_MS = 3000;
/** One that takes so long may be lost on its way: another question joins it, and never in its place. */
const JOIN_MS = 10_000;
const MAX_PENDING = 3;

/** Why an app is not there yet, though something is. */
export type NotYet = { why: 'slow'; ms: number } | { why: 'status'; status: number };

export interface AnswerWait {
  /** The port to ask at, undefined while there is none. Throws when nobody will answer any more. */
  look(): Promise<number | undefined>;
  path: string;
  /** The name that the app will be shown by. */
  host: string;
  signal: AbortSignal;
  giveUp?: AbortSignal;
  /** Told once for each reason. */
  onNotYet?(reason: NotYet): void;
}

export interface Answered {
  port: number;
  /** As which the app wants to be asked. */
  asks: 'as-it-is' | 'localhost';
}

interface Pending {
  since: number;
  answer: Promise<number | undefined>;
}

/** Asks an app until it answers; undefined when it was given up before, with what was known last told to `onNotYet`. */
export async function awaitAnswer(wait: AnswerWait): Promise<Answered | undefined> {
  const done = new AbortController();
  const signal = AbortSignal.any([wait.signal, done.signal]);
  try {
    return await askUntil(wait, signal);
  } finally {
    // Questions that still wait need no answer any more.
    done.abort();
  }
}

async function askUntil(wait: AnswerWait, signal: AbortSignal): Promise<Answered | undefined> {
  const pending = new Set<Pending>();
  const said = new Set<string>();
  const say = (reason: NotYet): void => {
    const name = reason.why === 'status' ? `${reason.status}` : reason.why;
    if (said.has(name)) return;
    said.add(name);
    wait.onNotYet?.(reason);
  };
  let answered: number | undefined;
  for (;;) {
    wait.signal.throwIfAborted();
    const port = await wait.look();
    if (port !== undefined && mayAsk(pending)) {
      const probe = pending.size === 0 ? probeHttp : probeByGet;
      const one: Pending = { since: performance.now(), answer: probe({ ...wait, port }, signal) };
      pending.add(one);
      void one.answer.then((status) => {
        pending.delete(one);
        answered ??= status !== undefined && STARTING.includes(status) ? undefined : status;
        if (status !== undefined && answered === undefined) say({ why: 'status', status });
      });
    }
    if (answered !== undefined && port !== undefined)
      return { port, asks: await toAsks(wait, port, answered) };
    if (wait.giveUp?.aborted === true) return undefined;
    const [first] = pending;
    const waited = first === undefined ? 0 : performance.now() - first.since;
    if (waited > SLOW_MS) say({ why: 'slow', ms: waited });
    await delay(PAUSE_MS, undefined, { signal: wait.signal });
  }
}

function mayAsk(pending: ReadonlySet<Pending>): boolean {
  const newest = [...pending].at(-1);
  if (newest === undefined) return true;
  return pending.size < MAX_PENDING && performance.now() - newest.since > JOIN_MS;
}

/** A list of allowed names often has `localhost` in it, and nothing below it. */
async function toAsks({ path, signal }: AnswerWait, port: number, status: number): Promise<Answered['asks']> {
  if (!REFUSED.includes(status)) return 'as-it-is';
  const limit = AbortSignal.any([signal, AbortSignal.timeout(5000)]);
  const other = await probeHttp({ port, path, host: `localhost:${port}` }, limit);
  return other !== undefined && other < 400 ? 'localhost' : 'as-it-is';
}
