import type { BuildEvent } from '../engine.ts';
import type { Dockerfile, Instruction } from './dockerfile.ts';
import type { StepState } from '../../demo/run-event.ts';

/** Keeps what each instruction's state is, and turns changes into events, so that both builders tell them the same way. */
export class StepTracker {
  readonly #states = new Map<number, StepState>();
  readonly dockerfile: Dockerfile;

  constructor(dockerfile: Dockerfile) {
    this.dockerfile = dockerfile;
  }

  stateOf(instruction: Instruction): StepState | undefined {
    return this.#states.get(instruction.step);
  }

  /** The event for a new state; nothing when it is not new. */
  change(instruction: Instruction, state: StepState, ms?: number): BuildEvent[] {
    if (this.#states.get(instruction.step) === state) return [];
    this.#states.set(instruction.step, state);
    const { step, line, text } = instruction;
    const of = this.dockerfile.instructions.length;
    const time = ms === undefined ? {} : { ms: Math.max(0, Math.round(ms)) };
    return [{ type: 'step', step, of, line, name: text, state, ...time }];
  }

  /**
   * Instructions that only set the image's configuration (ENV, CMD, …) are no work for BuildKit, and it says nothing of
   * them: they count as done with the step before them. `before` is the step that begins now; absent at the end.
   */
  *settleQuiet(stage: number, before?: number): Generator<BuildEvent> {
    let last: StepState = 'cached';
    for (const instruction of this.dockerfile.instructions) {
      if (instruction.stage !== stage) continue;
      if (before !== undefined && instruction.step >= before) return;
      const state = this.stateOf(instruction);
      if (state === undefined) yield* this.change(instruction, last === 'cached' ? 'cached' : 'done', 0);
      else last = state;
    }
  }

  /** Stages that something happened in. */
  get touchedStages(): Set<number> {
    const touched = this.dockerfile.instructions.filter((instruction) => this.#states.has(instruction.step));
    return new Set(touched.map((instruction) => instruction.stage));
  }
}
