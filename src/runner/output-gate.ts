/** Where a piece of output comes from: a service, and the build step if it is a build's. */
export interface OutputOrigin {
  service: string;
  step?: number;
  /** Of a container beside the run's own. */
  number?: number;
}

export interface OutputRate {
  /** Characters that pass at once. */
  burst: number;
  /** Characters a second after that: still far more than anybody reads. */
  perSecond: number;
  /** Of what does not pass, this much of the end is shown. */
  tail: number;
}

const RATE: OutputRate = { burst: 2_000_000, perSecond: 300_000, tail: 16_000 };

/**
 * Lets output through as fast as it can be looked at, and no faster: a container that prints 200 MB must neither fill our
 * memory nor the screen's. What is left out is said, with its size, and followed by its end.
 */
export class OutputGate {
  readonly #emit: (origin: OutputOrigin, text: string) => void;
  readonly #now: () => number;
  readonly #rate: OutputRate;
  readonly #held = new Map<string, { origin: OutputOrigin; tail: string; dropped: number }>();
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

  push(origin: OutputOrigin, text: string): void {
    this.#refill();
    const key = `${origin.service}/${origin.step ?? ''}/${origin.number ?? ''}`;
    const held = this.#held.get(key);
    if (held === undefined && text.length <= this.#allowance) {
      this.#allowance -= text.length;
      this.#emit(origin, text);
      return;
    }
    // What came before can't be part of the end of a long text: joining them would cost more than reading them did.
    const isLong = text.length > 2 * this.#rate.tail;
    const all = isLong ? text : (held?.tail ?? '') + text;
    const tail = all.length > this.#rate.tail ? endOf(all, this.#rate.tail) : all;
    const skipped = isLong ? (held?.tail.length ?? 0) : 0;
    const dropped = (held?.dropped ?? 0) + skipped + all.length - tail.length;
    this.#held.set(key, { origin, tail, dropped });
    this.#timer ??= setTimeout(() => this.flush(), 250);
  }

  /** Shows what is held back. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#refill();
    for (const { origin, tail, dropped } of this.#held.values()) {
      const notice = dropped === 0 ? '' : `\n… ${sizeOf(dropped)} left out …\n`;
      this.#allowance -= tail.length;
      this.#emit(origin, notice + tail);
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

/** About the last `length` characters, from the beginning of a line if there is one. */
function endOf(text: string, length: number): string {
  const tail = text.slice(-length);
  const lineFeed = tail.indexOf('\n');
  if (lineFeed !== -1) return tail.slice(lineFeed + 1);
  // Half of a pair of surrogates is no character.
  return /^[\uDC00-\uDFFF]/u.test(tail) ? tail.slice(1) : tail;
}

function sizeOf(characters: number): string {
  return characters < 1e6 ? `${Math.ceil(characters / 1000)} kB` : `${(characters / 1e6).toFixed(1)} MB`;
}
