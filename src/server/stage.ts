import { createDebug } from '../debug/debug.ts';
import { changeStage, initialStage, type ServerChange, type StageState } from '../stage/stage-state.ts';
import { changeDrawings, type Drawings } from '../stage/drawing.ts';
import type { StageMessage } from '../stage/stage-message.ts';
import type { DrawingChange, StageChange } from '../stage/stage-schema.ts';
import { SpeakerWindows } from './speaker-windows.ts';

type Listener = (message: StageMessage) => void;

const debug = createDebug('stage');

/** The one stage of this process: holds the state, carries out changes, tells the screens. */
export class Stage {
  #state: StageState = initialStage();
  #drawings: Drawings = {};
  #listeners = new Set<Listener>();
  #now: () => number;
  /** Where somebody can be asked. */
  readonly speakers = new SpeakerWindows((isThere) => this.change({ type: 'speaker', isThere }));

  /** What can't be kept beside the deck, and why. */
  #notKept: string | undefined;

  /** `earlier` is a talk that was broken off. */
  constructor(now: () => number, earlier?: { state: StageState; drawings: Drawings }) {
    this.#now = now;
    if (earlier === undefined) return;
    // Whoever was there then says so again.
    const { hasSpeaker: _then, ...state } = earlier.state;
    this.#state = state;
    this.#drawings = earlier.drawings;
  }

  get state(): StageState & { now: number } {
    const state = { ...this.#state, now: this.#now() };
    return this.#notKept === undefined ? state : { ...state, notKept: this.#notKept };
  }

  /** For the speaker: what can't be kept; undefined when all can. */
  sayNotKept(problem: string | undefined): void {
    if (problem === this.#notKept) return;
    this.#notKept = problem;
    this.tell({ event: 'stage', data: this.state });
  }

  /** Returns the version that the change made. */
  change(change: StageChange | ServerChange): number {
    this.#state = changeStage(this.#state, change, this.#now());
    const { version, position } = this.#state;
    debug(() => `${change.type}: version ${version}, at ${position.h}/${position.v}/${position.f}`);
    this.tell({ event: 'stage', data: this.state });
    return this.#state.version;
  }

  /** Told as it is, not as the state that it makes: a line grows many times a second. */
  draw(change: DrawingChange): void {
    this.#drawings = changeDrawings(this.#drawings, change);
    this.tell({ event: 'drawing', data: change });
  }

  get drawings(): Drawings {
    return this.#drawings;
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
