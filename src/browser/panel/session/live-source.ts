import type { RunEvent, RunSource } from '../../../demo/run/run-event.ts';
import type { ListenToEvents } from '../../stage/event-stream.ts';

/** A run on the server, through its event stream. */
export function toLiveSource(url: string, listen: ListenToEvents): RunSource {
  return {
    async *events(from, signal) {
      let queue: RunEvent[] = [];
      let isOver = false;
      let number = -1;
      let wake = () => {};
      const end = listen(url, ({ event, data }) => {
        if (event === 'message' && ++number >= from) queue.push(JSON.parse(data) as RunEvent);
        if (event === 'end' || event === 'gone') isOver = true;
        wake();
      });
      signal.addEventListener('abort', () => wake());
      try {
        while (!signal.aborted) {
          const ready = queue;
          queue = [];
          yield* ready;
          if (queue.length > 0) continue;
          if (isOver) return;
          await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        end();
      }
    },
  };
}
