import type { StageMessage } from '../stage/stage-message.ts';

/** A screen that has this many messages to catch up with does better to connect again: then it gets all as it is. */
const MAX_WAITING = 200;

/**
 * What one screen has still to be told, in order. A screen that stopped reading (a frozen tab, a sleeping laptop) costs
 * no memory: of messages that hold all there is to say, only the newest waits.
 */
export class Outbox {
  #waiting: StageMessage[];
  #isClosed = false;
  #isEnding = false;
  #wake: () => void = () => {};

  constructor(first: readonly StageMessage[]) {
    this.#waiting = [...first];
  }

  put(message: StageMessage): void {
    if (this.#isClosed || this.#isEnding) return;
    if (!isPartOfMore(message)) {
      this.#waiting = this.#waiting.filter((waiting) => waiting.event !== message.event);
    }
    this.#waiting.push(message);
    if (this.#waiting.length > MAX_WAITING) this.close();
    this.#wake();
  }

  /** The last message; what waits before it is left out. */
  end(message: StageMessage): void {
    this.#waiting = [message];
    this.#isEnding = true;
    this.#wake();
  }

  /** Ends `messages`; what still waits is dropped. */
  close(): void {
    this.#isClosed = true;
    this.#waiting = [];
    this.#wake();
  }

  /** The messages, as they come, until `close`. For one reader. */
  async *messages(): AsyncGenerator<StageMessage> {
    while (!this.#isClosed) {
      const next = this.#waiting.shift();
      if (next !== undefined) yield next;
      else if (this.#isEnding) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

/** Saves and lines build on the ones before; of everything else the newest says it all. */
function isPartOfMore({ event }: StageMessage): boolean {
  return event === 'deck' || event === 'drawing';
}
