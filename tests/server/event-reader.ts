import type { IncomingMessage } from 'node:http';
import type { TestServer } from './test-server.ts';

/** One server-sent event. https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface SentEvent {
  event: string;
  data: string;
  id?: string;
}

/** A screen that listens to an address of server-sent events. */
export class EventReader implements Disposable {
  readonly response: IncomingMessage;
  readonly #events: AsyncGenerator<SentEvent>;

  private constructor(response: IncomingMessage) {
    this.response = response;
    this.#events = parse(response);
  }

  static async open(
    server: TestServer,
    path: string,
    headers: Record<string, string> = {},
  ): Promise<EventReader> {
    return new EventReader(await server.send({ path, headers }));
  }

  /** Of an answer that has begun. */
  static of(response: IncomingMessage): EventReader {
    return new EventReader(response);
  }

  /** The next `count` events. Fails when the stream ends before. */
  async next(count: number): Promise<SentEvent[]> {
    const events: SentEvent[] = [];
    while (events.length < count) {
      const { value, done } = await this.#events.next();
      if (done === true) throw new Error(`The stream ended after ${events.length} events`);
      events.push(value);
    }
    return events;
  }

  /** The next event of this kind; others are passed over. */
  async nextOf(event: string): Promise<SentEvent> {
    const [next] = await this.next(1);
    return next === undefined || next.event === event ? (next as SentEvent) : this.nextOf(event);
  }

  /** Everything until the server ends the stream. */
  async rest(): Promise<SentEvent[]> {
    const events: SentEvent[] = [];
    for await (const event of this.#events) events.push(event);
    return events;
  }

  [Symbol.dispose](): void {
    this.response.destroy();
  }
}

async function* parse(response: IncomingMessage): AsyncGenerator<SentEvent> {
  let text = '';
  response.setEncoding('utf8');
  for await (const piece of response) {
    text += String(piece);
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) yield toEvent(block);
  }
}

function toEvent(block: string): SentEvent {
  const fields = new Map(
    block.split('\n').map((line) => [line.split(':', 1)[0] ?? '', line.replace(/^[^:]*: ?/, '')]),
  );
  const id = fields.get('id');
  const event = { event: fields.get('event') ?? 'message', data: fields.get('data') ?? '' };
  return id === undefined ? event : { ...event, id };
}
