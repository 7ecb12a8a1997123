import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { PreflightBoard, PreflightState, Prewarmed, ScreenFacts } from '../stage/preflight.ts';
import type { Stage } from './stage.ts';
import type { StageMessage } from '../stage/stage-message.ts';

/** How long the deck's windows have to tell their size. */
const ANSWER_MS = 1200;

/** Looks at everything; what the windows say of themselves comes a moment later. */
export type RunChecks = (screens: Promise<readonly ScreenFacts[]>) => Promise<PreflightBoard>;

/** The board of this process: runs the checks, asks the windows for their screens, and tells every screen. */
export class Preflight {
  #state: PreflightState = { prewarm: [] };
  #screens: ScreenFacts[] = [];
  #running: Promise<void> | undefined;
  readonly #stage: Stage;
  readonly #runChecks: RunChecks;

  constructor(stage: Stage, runChecks: RunChecks) {
    this.#stage = stage;
    this.#runChecks = runChecks;
  }

  get state(): PreflightState {
    return this.#state;
  }

  /** What a screen that just came must know: nothing, as long as nobody has looked. */
  get greeting(): StageMessage[] {
    const isNew = this.#state.board === undefined && this.#state.prewarm.length === 0;
    return isNew && this.#state.asks === undefined ? [] : [{ event: 'preflight', data: this.#state }];
  }

  /** Looks, or waits for the look that is under way. */
  async run(): Promise<PreflightState> {
    this.#running ??= this.#look().finally(() => (this.#running = undefined));
    await this.#running;
    return this.#state;
  }

  /** What a window answers to `asks`; an answer to an earlier question is too late. */
  addScreen(asks: string, facts: ScreenFacts): void {
    if (asks === this.#state.asks) this.#screens.push(facts);
  }

  /** How far the images are that are built before the talk. */
  tellPrewarm(prewarm: Prewarmed[]): void {
    this.#tell({ ...this.#state, prewarm });
  }

  async #look(): Promise<void> {
    this.#screens = [];
    this.#tell({ ...this.#state, asks: randomUUID() });
    let board = this.#state.board;
    try {
      board = await this.#runChecks(delay(ANSWER_MS).then(() => this.#screens));
    } finally {
      const { prewarm } = this.#state;
      this.#tell({ prewarm, ...(board === undefined ? {} : { board }) });
    }
  }

  #tell(state: PreflightState): void {
    this.#state = state;
    this.#stage.tell({ event: 'preflight', data: state });
  }
}
