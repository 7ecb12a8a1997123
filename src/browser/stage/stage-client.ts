import { steadyNow } from './steady-now.ts';
import { changeDrawings, type DrawingChange, type Drawings } from '../../stage/drawing.ts';
import { initialStage, type StageChange, type StageState } from '../../stage/stage-state.ts';
import type { LanState } from '../../stage/lan-state.ts';
import type { LaserPoint } from '../../stage/laser-point.ts';
import type { PreflightState } from '../../stage/preflight.ts';
import type { DemoSummary } from '../../demo/demo-summary.ts';
import type { FallbackWish } from '../../stage/fallback.ts';
import type { DeckPatch } from '../../stage/deck-patch.ts';
import { ApiError, callAgain, type CallApi } from './api.ts';
import { UnsentChanges } from './unsent.ts';
import type { HubMessage } from './hub-message.ts';
import type { ListenToEvents } from './event-stream.ts';

/** What is wrong with the newest save; the deck that is up is the last good one. */
export interface DeckMessage {
  patch?: DeckPatch;
  title: string;
  file: string;
  /** Addresses of files that slides show whose content is another now. */
  files?: string[];
  diagnostics: {
    severity: 'error' | 'warning';
    message: string;
    hint?: string;
    line: number;
    column: number;
  }[];
}

/** A change of a drawing, before this screen has put its name to it. */
export type DrawingWish = DrawingChange extends infer C
  ? C extends DrawingChange
    ? Omit<C, 'by'>
    : never
  : never;

export interface StageListener {
  stage?(state: StageState): void;
  deck?(message: DeckMessage): void;
  /** A connection was made: to this server process, with this deck up. */
  hello?(hello: { instance: string; deckVersion: number }): void;
  demos?(demos: DemoSummary[]): void;
  /** What was looked at before the talk. */
  preflight?(state: PreflightState): void;
  laser?(point: LaserPoint | null): void;
  /** The second listener changed: for the speaker view. */
  lan?(state: LanState): void;
  /** What is drawn on slides, after each change of it. */
  drawings?(drawings: Drawings): void;
  /** How long the talk was on each slide before this one, in ms by slide key. */
  times?(spent: Readonly<Record<string, number>>): void;
  lost?(): void;
}

/** How soon what nobody heard is said again, in ms. */
const SEND_AGAIN_MS = 1000;

/** This screen's view of the stage that the server owns. */
export class StageClient {
  #state: StageState = initialStage();
  #listeners = new Set<StageListener>();
  #waiting: (() => void)[] = [];
  #demos: DemoSummary[];
  #drawings: Drawings = {};
  #times: Readonly<Record<string, number>> = {};
  readonly #me = String(Math.random());
  #call: CallApi;
  /** Server's clock minus ours, in ms. */
  #clockOffset = 0;
  #moves = 0;
  #lastReply: Promise<unknown> = Promise.resolve();
  #ownVersion = 0;
  readonly #unsent = new UnsentChanges();
  #later: ReturnType<typeof setTimeout> | undefined;
  /** In a browser that has another window of the deck open, the state is here before reveal.js has started. */
  #hasHeard = false;
  /** Whether the server answers no more, as far as this screen knows. */
  isLost = false;

  /** `demos` is what the page was served with; what the server says later replaces it. */
  constructor(call: CallApi, listen: ListenToEvents, demos: DemoSummary[]) {
    this.#demos = demos;
    this.#call = call;
    listen('/api/stage/events', (message) => this.#hear(message));
  }

  get state(): StageState {
    return this.#state;
  }

  get demos(): readonly DemoSummary[] {
    return this.#demos;
  }

  get drawings(): Drawings {
    return this.#drawings;
  }

  get times(): Readonly<Record<string, number>> {
    return this.#times;
  }

  /** Draws here at once, then on every other screen. */
  async draw(change: DrawingWish): Promise<void> {
    const own = { ...change, by: this.#me };
    this.#showDrawings(changeDrawings(this.#drawings, own));
    await this.#call('POST', '/stage/drawing', own);
  }

  /** The server's clock, in ms. */
  now(): number {
    return steadyNow() + this.#clockOffset;
  }

  /** A late listener gets the current state in a microtask, after its caller has finished subscribing. Returns its end. */
  listen(listener: StageListener): () => void {
    this.#listeners.add(listener);
    if (this.#hasHeard) queueMicrotask(() => this.#listeners.has(listener) && listener.stage?.(this.#state));
    return () => this.#listeners.delete(listener);
  }

  /** Asks for a change; it is seen when the server tells everybody. One after another: connections overtake each other. */
  async change(change: StageChange | FallbackWish): Promise<void> {
    this.#moves += 1;
    const noted = change.type === 'fallback' ? 0 : this.#unsent.note(change);
    const reply = this.#lastReply.then(() => this.#send(change));
    this.#lastReply = reply.catch(() => undefined);
    try {
      const { version } = (await reply) as { version: number };
      this.#ownVersion = Math.max(this.#ownVersion, version);
      this.#unsent.drop(change);
    } catch (error) {
      // Without a server the talk goes on in this window, and is told when one is there: its last state would only pull it back.
      if (error instanceof ApiError && error.isUnheard && change.type !== 'fallback') {
        this.#unsent.keep(change, noted);
        this.#sendLater();
      } else this.#unsent.drop(change);
      throw error;
    } finally {
      this.#moves -= 1;
      if (this.isSettled) this.#tellState();
    }
  }

  #sendLater(): void {
    clearTimeout(this.#later);
    if (!this.#unsent.isEmpty) this.#later = setTimeout(() => this.#sendUnsent(), SEND_AGAIN_MS);
  }

  #sendUnsent(): void {
    // What is under way comes first, and may be newer.
    if (this.#moves > 0) return;
    for (const change of this.#unsent.changes) this.change(change).catch(() => undefined);
  }

  async #send(change: StageChange | FallbackWish): Promise<unknown> {
    const send = () => this.#call('POST', '/stage', change);
    // What a change sets may be set twice; the timer counts.
    return change.type === 'timer' ? send() : callAgain(send);
  }

  /** While our own moves are under way, older positions from the server must not pull this screen back. */
  get isSettled(): boolean {
    return this.#moves === 0 && this.#unsent.isEmpty && this.#state.version >= this.#ownVersion;
  }

  /** Whether a move of this window's own has not arrived yet: one from before a reload, too. */
  get isMoving(): boolean {
    return this.#unsent.has('move');
  }

  /** Resolves when this screen has seen what its own changes made of the stage. */
  async seesItsChanges(): Promise<void> {
    while (!this.isSettled) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #hear({ event, data, at }: HubMessage): void {
    if (event === 'lost' || event === 'gone') this.isLost = true;
    if (event === 'hello' || event === 'stage') this.isLost = false;
    if (event === 'demos') this.#demos = JSON.parse(data) as DemoSummary[];
    for (const listener of this.#listeners) {
      // Gone is lost for good: something else answers there now.
      if (event === 'lost' || event === 'gone') listener.lost?.();
      if (event === 'hello') listener.hello?.(JSON.parse(data) as { instance: string; deckVersion: number });
      if (event === 'demos') listener.demos?.(this.#demos);
      if (event === 'preflight') listener.preflight?.(JSON.parse(data) as PreflightState);
      if (event === 'laser') listener.laser?.(JSON.parse(data) as LaserPoint | null);
      if (event === 'lan') listener.lan?.(JSON.parse(data) as LanState);
      if (event === 'deck') listener.deck?.(JSON.parse(data) as DeckMessage);
    }
    if (event === 'drawings') this.#showDrawings(JSON.parse(data) as Drawings);
    if (event === 'drawing') this.#hearDrawing(JSON.parse(data) as DrawingChange);
    if (event === 'times') this.#hearTimes(JSON.parse(data) as Record<string, number>);
    if (event !== 'stage') return;
    const { now, ...state } = JSON.parse(data) as StageState & { now: number };
    this.#clockOffset = now - at;
    this.#state = state;
    this.#hasHeard = true;
    this.#unsent.hear(state);
    this.#sendUnsent();
    this.#tellState();
  }

  #hearDrawing(change: DrawingChange): void {
    if (change.by !== this.#me) this.#showDrawings(changeDrawings(this.#drawings, change));
  }

  #showDrawings(drawings: Drawings): void {
    this.#drawings = drawings;
    for (const listener of this.#listeners) listener.drawings?.(drawings);
  }

  #hearTimes(times: Readonly<Record<string, number>>): void {
    this.#times = times;
    for (const listener of this.#listeners) listener.times?.(times);
  }

  #tellState(): void {
    for (const wake of this.#waiting.splice(0)) wake();
    for (const listener of this.#listeners) listener.stage?.(this.#state);
  }
}
