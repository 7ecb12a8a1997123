import type { Guesses } from '../../stage/lan-state.ts';

/** Typing it wrong this often costs nothing. */
const FREE_FAILURES = 3;
const LONGEST_WAIT_MS = 60_000;
/** An address that was quiet for this long starts anew. */
const FORGET_MS = 10 * 60_000;
/**
 * Of all addresses together, a second; and how many at once. So many that hundreds of addresses which guess don't keep out who has the
 * code; of a code's 8 * 10^11 forms they try 150,000 in its five minutes.
 */
const ALL_PER_SECOND = 500;
const ALL_AT_ONCE = 1000;
/** Addresses that are remembered; the oldest goes first. */
const MAX_ADDRESSES = 1000;
const SHOWN_ADDRESSES = 3;

interface Failures {
  count: number;
  blockedUntil: number;
  lastAt: number;
}

/** Slows down who guesses pairing codes: each address by itself with growing waits, and all of them together. */
export class GuessLimit {
  readonly #now: () => number;
  readonly #failures = new Map<string, Failures>();
  #allowance = ALL_AT_ONCE;
  #checkedAt: number;
  #wrong = 0;
  #lastAt = 0;

  /** `now` is a clock in ms. */
  constructor(now: () => number) {
    this.#now = now;
    this.#checkedAt = now();
  }

  /** Ms that this address has to wait before it may try; 0 when it may now. A try too early counts as a guess. */
  wait(address: string): number {
    const now = this.#now();
    const blocked = (this.#failures.get(address)?.blockedUntil ?? 0) - now;
    const wait = blocked > 0 ? blocked : this.#waitOfAll(now);
    if (wait > 0) this.#count(now);
    return wait;
  }

  failed(address: string): void {
    const now = this.#now();
    const before = this.#failures.get(address);
    const isForgotten = before === undefined || now - before.lastAt > FORGET_MS;
    const count = isForgotten ? 1 : before.count + 1;
    const wait = count < FREE_FAILURES ? 0 : Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (count - FREE_FAILURES));
    this.#failures.delete(address);
    this.#failures.set(address, { count, blockedUntil: now + wait, lastAt: now });
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > MAX_ADDRESSES && oldest !== undefined) this.#failures.delete(oldest);
    this.#count(now);
  }

  succeeded(address: string): void {
    this.#failures.delete(address);
  }

  /** What the speaker is shown; undefined while nobody has guessed. */
  get guesses(): Guesses | undefined {
    if (this.#wrong === 0) return undefined;
    const addresses = [...this.#failures.keys()].slice(-SHOWN_ADDRESSES);
    return { count: this.#wrong, addresses, lastAt: this.#lastAt };
  }

  #count(now: number): void {
    this.#wrong += 1;
    this.#lastAt = now;
  }

  #waitOfAll(now: number): number {
    const earned = ((now - this.#checkedAt) / 1000) * ALL_PER_SECOND;
    this.#allowance = Math.min(ALL_AT_ONCE, this.#allowance + Math.max(0, earned));
    this.#checkedAt = now;
    if (this.#allowance < 1) return Math.ceil(((1 - this.#allowance) / ALL_PER_SECOND) * 1000);
    this.#allowance -= 1;
    return 0;
  }
}
