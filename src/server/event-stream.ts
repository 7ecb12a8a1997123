import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { RunSource } from '../demo/run-event.ts';
import type { Stage, StageMessage } from './stage.ts';

/** Proxies and sleeping laptops drop silent connections. */
const KEEP_ALIVE_MS = 15_000;

/** The run's events as server-sent events: `id:` is the event's number, and `Last-Event-ID` resumes after it. */
export function streamRun(context: Context, source: RunSource): Response {
  const last = Number.parseInt(context.req.header('last-event-id') ?? context.req.query('after') ?? '-1', 10);
  let number = Number.isNaN(last) ? 0 : last + 1;
  return streamSSE(context, async (stream) => {
    const aborted = new AbortController();
    stream.onAbort(() => aborted.abort());
    for await (const event of source.events(number, aborted.signal)) {
      await stream.writeSSE({ id: String(number), data: JSON.stringify(event) });
      number += 1;
    }
    // Tells the screen not to connect again, as it would after a lost connection.
    if (!aborted.signal.aborted) await stream.writeSSE({ event: 'end', data: '' });
  });
}

/** The stage as it is now, then each change of it, for as long as the screen listens. */
export function streamStage(context: Context, stage: Stage, greeting: StageMessage[]): Response {
  return streamSSE(context, async (stream) => {
    const send = (message: StageMessage) =>
      stream.writeSSE({ event: message.event, data: JSON.stringify(message.data) });
    const ended = new Promise<void>((resolve) => stream.onAbort(resolve));
    const stop = stage.listen((message) => void send(message));
    for (const message of greeting) await send(message);
    const keepAlive = setInterval(() => void stream.writeSSE({ event: 'alive', data: '' }), KEEP_ALIVE_MS);
    await ended;
    clearInterval(keepAlive);
    stop();
  });
}
