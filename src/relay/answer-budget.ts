/**
 * How often something may be answered, however often it is asked for: a few times at once, then ever more slowly, up to once in
 * `longestMs`; a pause makes it patient again. Times in ms, by any clock.
 */
export class AnswerBudget {
  readonly #clock: () => number;
  readonly #firstMs: number;
  readonly #longestMs: number;
  #gapMs: number;
  #lastAt = Number.NEGATIVE_INFINITY;

  constructor(firstMs: number, longestMs: number, clock: () => number = () => performance.now()) {
    this.#firstMs = firstMs;
    this.#longestMs = longestMs;
    this.#gapMs = firstMs;
    this.#clock = clock;
  }

  /** In how many ms the next answer may be given; 0 for now. */
  get waitMs(): number {
    return Math.max(0, this.#lastAt + this.#gapMs - this.#clock());
  }

  /** An answer is given. */
  spend(): void {
    const now = this.#clock();
    const isQuiet = now - this.#lastAt > 4 * this.#gapMs;
    this.#gapMs = isQuiet ? this.#firstMs : Math.min(this.#longestMs, this.#gapMs * 1.5);
    this.#lastAt = now;
  }
}
