import { createDebug } from '../debug/debug.ts';
import { changeStage, initialStage } from '../stage/stage-state.ts';
import type { ServerChange, StageChange, StageState } from '../stage/stage-state.ts';
import { changeDrawings, type DrawingChange, type Drawings } from '../stage/drawing.ts';
import type { LanState } from '../stage/lan-state.ts';
import type { LaserPoint } from '../stage/laser-point.ts';
import type { PreflightState } from '../stage/preflight.ts';
import type { DeckPatch } from '../stage/deck-patch.ts';
import type { DemoSummary } from '../demo/demo-summary.ts';
import type { Diagnostic } from '../deck/deck.ts';
import { SpeakerWindows } from './speaker-windows.ts';

/** What the stage tells every screen. `deck` without a patch says only what is wrong with the newest save. */
export type StageMessage =
  /** The first message of a connection: whether the screen's deck is the one that is up. */
  | { event: 'hello'; data: { instance: string; deckVersion: number } }
  /** An engine came or went, or there is a new recording. */
  | { event: 'demos'; data: DemoSummary[] }
  | { event: 'stage'; data: StageState & { now: number } }
  /** All that is drawn on slides, for a screen that just came; then each line as it grows. */
  | { event: 'drawings'; data: Drawings }
  | { event: 'drawing'; data: DrawingChange }
  /** Where the laser points, in hundredths of the slide's width and height; null when it is off. No version: it is gone at once. */
  | { event: 'laser'; data: LaserPoint | null }
  /** The second listener, for phones and the audience: its address, who is paired, who guesses. For the speaker only. */
  | { event: 'lan'; data: LanState }
  /** This phone drives the talk no more; the connection ends. */
  | { event: 'taken-back'; data: '' }
  /** How long the talk has been on each slide, in ms by slide key: told when it leaves one. */
  | { event: 'times'; data: Record<string, number> }
  /** What was looked at before the talk; with `asks`, pages tell their screens. */
  | { event: 'preflight'; data: PreflightState }
  /** Says nothing: a connection that is silent for long gets dropped. */
  | { event: 'alive'; data: '' }
  | {
      event: 'deck';
      data: {
        patch?: DeckPatch;
        title: string;
        diagnostics: Diagnostic[];
        file: string;
        /** Addresses of files that slides show (`/img/x y.png`) whose content is another now. */
        files?: string[];
      };
    };

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
