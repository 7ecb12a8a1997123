/** Where a piece of output comes from: a service, and the build step if it is a build's. */
export interface OutputOrigin {
  service: string;
  step?: number;
  /** Of a container beside the run's own. */
  number?: number;
  /** One of several services': each of its lines is named. */
  isNamed?: true;
  /** Of its two outputs the second. */
  isStderr?: true;
}

export interface OutputRate {
  /** Bytes that pass at once. */
  burst: number;
  /** Bytes a second after that: still far more than anybody reads. */
  perSecond: number;
  /** Of what does not pass, about this much of the end is shown. */
  tail: number;
}

const RATE: OutputRate = { burst: 2_000_000, perSecond: 300_000, tail: 16_000 };

interface Held {
  origin: OutputOrigin;
  /** What was printed last, as it came: no more pieces than the tail needs. */
  parts: Buffer[];
  size: number;
  dropped: number;
}

/**
 * Lets output through as fast as it can be looked at, and no faster: a container that prints 200 MB must neither fill our
 * memory nor the screen's. What is left out is said, with its size, and followed by its end. It is not even decoded: a
 * container that prints as fast as it can waits for whatever we do.
 */
export class OutputGate {
  readonly #emit: (origin: OutputOrigin, text: string) => void;
  readonly #now: () => number;
  readonly #rate: OutputRate;
  readonly #held = new Map<string, Held>();
  #allowance: number;
  #checked: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(emit: (origin: OutputOrigin, text: string) => void, now: () => number, rate = RATE) {
    this.#emit = emit;
    this.#now = now;
    this.#rate = rate;
    this.#allowance = rate.burst;
    this.#checked = now();
  }

  /** `bytes` are whole characters of UTF-8. */
  push(origin: OutputOrigin, bytes: Buffer): void {
    this.#refill();
    const key = `${origin.service}/${origin.step ?? ''}/${origin.number ?? ''}/${origin.isStderr ?? ''}`;
    const held = this.#held.get(key);
    if (held === undefined && bytes.length <= this.#allowance) {
      this.#allowance -= bytes.length;
      this.#emit(origin, bytes.toString());
      return;
    }
    this.#hold(held ?? this.#begin(key, origin), bytes);
  }

  #begin(key: string, origin: OutputOrigin): Held {
    const held = { origin, parts: [], size: 0, dropped: 0 };
    this.#held.set(key, held);
    this.#timer ??= setTimeout(() => this.flush(), 250);
    return held;
  }

  #hold(held: Held, bytes: Buffer): void {
    held.parts.push(bytes);
    held.size += bytes.length;
    for (;;) {
      const length = held.parts[0]?.length ?? 0;
      if (held.size - length < this.#rate.tail) return;
      held.parts.shift();
      held.size -= length;
      held.dropped += length;
    }
  }

  /** Shows what is held back. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#refill();
    for (const { origin, parts, size, dropped } of this.#held.values()) {
      const all = Buffer.concat(parts);
      const start = dropped === 0 && size <= this.#rate.tail ? 0 : beginOfEnd(all, this.#rate.tail);
      const notice = dropped + start === 0 ? '' : `\n… ${sizeOf(dropped + start)} left out …\n`;
      this.#allowance -= size - start;
      this.#emit(origin, notice + all.toString('utf8', start));
    }
    this.#held.clear();
  }

  #refill(): void {
    const now = this.#now();
    const earned = ((now - this.#checked) / 1000) * this.#rate.perSecond;
    this.#allowance = Math.min(this.#rate.burst, this.#allowance + earned);
    this.#checked = now;
  }
}

/** Where about the last `length` bytes begin: with a line if there is one, else with a character. */
function beginOfEnd(bytes: Buffer, length: number): number {
  let start = Math.max(0, bytes.length - length);
  const lineFeed = bytes.indexOf('\n', start);
  // Of one long line, which ends with a line feed, its own end is what there is to see.
  if (lineFeed !== -1 && lineFeed + 1 <= bytes.length - length / 2) return lineFeed + 1;
  while (((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return start;
}

function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
