import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { RunSource } from '../demo/run/run-event.ts';
import { Outbox } from './outbox.ts';
import type { Stage } from './stage.ts';
import type { StageMessage } from '../stage/stage-message.ts';

/**
 * How often a screen hears that we are there: Firefox gives up a connection that is silent for 5 s after the network has changed, and
 * a screen whose Deckhand stands still has to say so.
 */
const BEAT_MS = 2000;

/** How long a screen that lost its connection waits before it tries again: it should be back within a second. */
const RETRY_MS = 400;

/** The run's events as server-sent events: `id:` is the event's number, and `Last-Event-ID` resumes after it. */
export function streamRun(context: Context, source: RunSource): Response {
  const last = Number.parseInt(context.req.header('last-event-id') ?? context.req.query('after') ?? '-1', 10);
  let number = last >= 0 ? last + 1 : 0;
  return streamSSE(context, async (stream) => {
    const aborted = new AbortController();
    stream.onAbort(() => aborted.abort());
    // Waits for a slow screen: the run's own log is all that remembers.
    let isWriting = false;
    const beat = setInterval(() => {
      if (!isWriting) void stream.writeSSE({ event: 'alive', data: '' });
    }, BEAT_MS);
    try {
      for await (const event of source.events(number, aborted.signal)) {
        isWriting = true;
        await stream.writeSSE({ id: String(number), data: JSON.stringify(event), retry: RETRY_MS });
        isWriting = false;
        number += 1;
      }
    } finally {
      clearInterval(beat);
    }
    // Tells the screen not to connect again, as it would after a lost connection.
    if (!aborted.signal.aborted) await stream.writeSSE({ event: 'end', data: '' });
  });
}

export interface StageStreamOptions {
  /** Whether this screen is told of it; everything, unless this says otherwise. */
  isTold?(message: StageMessage): boolean;
  /** Gets what ends the connection with a last message; returns what to call when it has ended. */
  onOpen?(end: (last: StageMessage) => void): () => void;
}

/** The stage as it is now, then each change of it, for as long as the screen listens. */
export function streamStage(
  context: Context,
  stage: Stage,
  greeting: readonly StageMessage[],
  { isTold = () => true, onOpen }: StageStreamOptions = {},
): Response {
  // From here on nothing is missed, and nothing overtakes the greeting.
  const outbox = new Outbox(greeting.filter(isTold));
  const stop = stage.listen((message) => {
    if (isTold(message)) outbox.put(message);
  });
  const onClose = onOpen?.((last) => outbox.end(last));
  return streamSSE(context, async (stream) => {
    stream.onAbort(() => outbox.close());
    const keepAlive = setInterval(() => outbox.put({ event: 'alive', data: '' }), BEAT_MS);
    try {
      for await (const { event, data } of outbox.messages()) {
        const text = JSON.stringify(data);
        await stream.writeSSE(
          event === 'hello' ? { event, data: text, retry: RETRY_MS } : { event, data: text },
        );
      }
    } finally {
      clearInterval(keepAlive);
      stop();
      onClose?.();
    }
  });
}
