import { entryOf } from '../demo/run/entry-of.ts';
import { slideKey } from '../stage/talk-plan.ts';
import { timerElapsed, type Position, type StageState, type TimerState } from '../stage/stage-state.ts';
import type { Slide } from '../deck/deck.ts';
import type { Stage } from './stage.ts';

/** As far as was counted: what comes after belongs to the slide at `position`. */
interface Mark {
  /** Ms by slide key. */
  spent: Record<string, number>;
  position: Position;
  /** What the timer showed then, in ms. */
  elapsed: number;
}

/** Measures how long the talk stays on each slide, by the talk's own timer: a break is no part of it. */
export class TalkTimes {
  #mark: Mark;
  /** Before the timer was reset: an undo brings it back. */
  #beforeReset: Mark | undefined;
  #timer: TimerState;
  readonly #slides: () => readonly Slide[];
  readonly #stage: Stage;

  /** `spent` is what an earlier part of this talk took. */
  constructor(stage: Stage, slides: () => readonly Slide[], spent: Record<string, number> = {}) {
    const { position, timer, now } = stage.state;
    this.#stage = stage;
    this.#slides = slides;
    this.#timer = timer;
    this.#mark = { spent, position, elapsed: timerElapsed(timer, now) };
    stage.listen((message) => {
      if (message.event === 'stage') this.#follow(message.data);
    });
  }

  /** Ms by slide key, the slide that shows included. */
  get spent(): Record<string, number> {
    const { timer, now } = this.#stage.state;
    return this.#spentUntil(timerElapsed(timer, now));
  }

  /** Ms by slide key, as far as screens were told: without the slide that shows. */
  get told(): Record<string, number> {
    return this.#mark.spent;
  }

  #follow({ timer, position, now }: StageState & { now: number }): void {
    const before = this.#timer;
    this.#timer = timer;
    const { h, v } = this.#mark.position;
    if (timer.undo !== undefined && timer.undo !== before.undo) {
      this.#beforeReset = this.#mark;
      this.#mark = { spent: {}, position, elapsed: 0 };
    } else if (before.undo !== undefined && timer === before.undo && this.#beforeReset !== undefined) {
      this.#mark = this.#beforeReset;
    } else if (h !== position.h || v !== position.v) {
      const elapsed = timerElapsed(timer, now);
      this.#mark = { spent: this.#spentUntil(elapsed), position, elapsed };
    } else return;
    // After the change that it came from has been told to everybody.
    queueMicrotask(() => this.#stage.tell({ event: 'times', data: this.told }));
  }

  #spentUntil(elapsed: number): Record<string, number> {
    const { spent, position, elapsed: from } = this.#mark;
    const slide = this.#slides().find((one) => one.h === position.h && one.v === position.v);
    if (slide === undefined || elapsed <= from) return spent;
    const key = slideKey(slide);
    return { ...spent, [key]: (entryOf(spent, key) ?? 0) + elapsed - from };
  }
}
