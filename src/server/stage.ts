import { changeStage, initialStage } from '../stage/stage-state.ts';
import type { ServerChange, StageChange, StageState } from '../stage/stage-state.ts';
import type { DeckPatch } from '../stage/deck-patch.ts';
import type { DemoSummary } from '../demo/demo-summary.ts';
import type { Diagnostic } from '../deck/deck.ts';

/** What the stage tells every screen. `deck` without a patch says only what is wrong with the newest save. */
export type StageMessage =
  /** The first message of a connection: whether the screen's deck is the one that is up. */
  | { event: 'hello'; data: { instance: string; deckVersion: number } }
  /** An engine came or went, or there is a new recording. */
  | { event: 'demos'; data: DemoSummary[] }
  | { event: 'stage'; data: StageState & { now: number } }
  /** Says nothing: a connection that is silent for long gets dropped. */
  | { event: 'alive'; data: '' }
  | { event: 'deck'; data: { patch?: DeckPatch; title: string; diagnostics: Diagnostic[]; file: string } };

type Listener = (message: StageMessage) => void;

/** The one stage of this process: holds the state, carries out changes, tells the screens. */
export class Stage {
  #state: StageState = initialStage();
  #listeners = new Set<Listener>();
  #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get state(): StageState & { now: number } {
    return { ...this.#state, now: this.#now() };
  }

  /** Returns the version that the change made. */
  change(change: StageChange | ServerChange): number {
    this.#state = changeStage(this.#state, change, this.#now());
    this.tell({ event: 'stage', data: this.state });
    return this.#state.version;
  }

  tell(message: StageMessage): void {
    for (const listener of this.#listeners) listener(message);
  }

  /** Returns the function that ends it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
