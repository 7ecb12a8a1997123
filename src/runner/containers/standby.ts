/** How far a run goes that nobody has asked for yet: its images are built, or it is ready and waits. */
export type StandbyGoal = 'built' | 'ready';

/**
 * A run that stands by: made before anybody asks for it, so that it is there at once. While it waits its clock stands still, and
 * what it prints is not kept: whoever takes it over sees a run that got ready and goes on from there.
 */
export class Standby {
  #goal: StandbyGoal | undefined;
  #heldAt: number | undefined;
  #waited = 0;
  #isOver = false;
  readonly #clock: () => number;

  /** Without a goal it is a run like any other. */
  constructor(goal: StandbyGoal | undefined, clock: () => number) {
    this.#goal = goal;
    this.#clock = clock;
  }

  /** The run's own clock, in ms. */
  readonly now = (): number => (this.#heldAt ?? this.#clock()) - this.#waited;

  /** Its images are there: whether nobody wants more of it. Then it ends, and can't be taken over any more. */
  endWhenBuilt(): boolean {
    this.#isOver = this.#goal === 'built';
    return this.#isOver;
  }

  get isHeld(): boolean {
    return this.#heldAt !== undefined;
  }

  /** It is ready. */
  hold(): void {
    if (this.#goal === 'ready') this.#heldAt = this.#clock();
  }

  /** Somebody asks for it. Returns how long it has been waiting, in ms; undefined when it is over. */
  adopt(): number | undefined {
    if (this.#isOver) return undefined;
    this.#goal = undefined;
    const waited = this.#heldAt === undefined ? 0 : this.#clock() - this.#heldAt;
    this.#heldAt = undefined;
    this.#waited += waited;
    return Math.round(waited);
  }
}
