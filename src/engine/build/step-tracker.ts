import type { BuildEvent } from '../engine.ts';
import type { Dockerfile, Instruction } from './dockerfile.ts';
import type { StepState } from '../../demo/run/run-event.ts';

/** Keeps what each instruction's state is, and turns changes into events, so that both builders tell them the same way. */
export class StepTracker {
  readonly #states = new Map<number, StepState>();
  readonly #pulled = new Set<number>();
  readonly dockerfile: Dockerfile;

  constructor(dockerfile: Dockerfile) {
    this.dockerfile = dockerfile;
  }

  stateOf(instruction: Instruction): StepState | undefined {
    return this.#states.get(instruction.step);
  }

  /** Bytes came for it: a FROM that had to fetch its image. */
  pulls(instruction: Instruction): void {
    this.#pulled.add(instruction.step);
  }

  /** It ended well. A FROM whose image was there has done nothing, whatever the builder calls it. */
  complete(instruction: Instruction, isCached: boolean, ms: number): BuildEvent[] {
    const isThere = instruction.verb === 'FROM' && !this.#pulled.has(instruction.step);
    return this.change(instruction, isCached || isThere ? 'cached' : 'done', ms);
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
   * them: those before `next` are settled with it, as cached as it is.
   */
  *settleBefore(next: Instruction, isCached: boolean): Generator<BuildEvent> {
    for (const instruction of this.#quiet(next.stage)) {
      if (instruction.step < next.step) yield* this.complete(instruction, isCached, 0);
    }
  }

  /** At the end of a build: what comes after the last step that was work, in every stage that was built. */
  *settleRest(): Generator<BuildEvent> {
    for (const stage of this.#touchedStages) {
      const own = this.dockerfile.instructions.filter((instruction) => instruction.stage === stage);
      const last = own.findLast((instruction) => this.stateOf(instruction) !== undefined);
      const isCached = last !== undefined && this.stateOf(last) === 'cached';
      for (const instruction of this.#quiet(stage)) yield* this.complete(instruction, isCached, 0);
    }
  }

  #quiet(stage: number): Instruction[] {
    const isOpen = (instruction: Instruction): boolean => this.stateOf(instruction) === undefined;
    return this.dockerfile.instructions.filter((one) => one.stage === stage && isOpen(one));
  }

  get #touchedStages(): Set<number> {
    const touched = this.dockerfile.instructions.filter((instruction) => this.#states.has(instruction.step));
    return new Set(touched.map((instruction) => instruction.stage));
  }
}
