import { steadyNow } from './steady-now.ts';
import { changeDrawings, type Drawings } from '../../stage/drawing.ts';
import { initialStage, type StageState } from '../../stage/stage-state.ts';
import { parseStageMessage, type DeckMessage, type MessageData } from '../../stage/stage-message.ts';
import type { DrawingChange, StageRequest } from '../../stage/stage-schema.ts';
import type { LanState } from '../../stage/lan-state.ts';
import type { LaserPoint } from '../../stage/laser-point.ts';
import type { PreflightState } from '../../stage/preflight.ts';
import type { DemoSummary } from '../../demo/demo-summary.ts';
import { ApiError, callAgain, type CallApi } from './api.ts';
import { UnsentChanges } from './unsent.ts';
import type { HubMessage } from './hub-message.ts';
import type { ListenToEvents } from './event-stream.ts';

/** A change of a drawing, before this screen has put its name to it. */
export type DrawingWish = DrawingChange extends infer C
  ? C extends DrawingChange
    ? Omit<C, 'by'>
    : never
  : never;

/** What listeners are told: `drawings` after each change of them, the rest as it came over the wire. */
interface Told {
  stage: StageState;
  deck: DeckMessage;
  hello: MessageData<'hello'>;
  demos: DemoSummary[];
  preflight: PreflightState;
  laser: LaserPoint | null;
  lan: LanState;
  drawings: Drawings;
  times: Readonly<Record<string, number>>;
}

export type StageListener = { [E in keyof Told]?: (data: Told[E]) => void } & { lost?: () => void };

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
  /** How many changes are under way. */
  #underWay = 0;
  /** How many moves this window has made. */
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
  async change(request: StageRequest): Promise<void> {
    this.#underWay += 1;
    const change = this.#named(request);
    const noted = change.type === 'fallback' ? 0 : this.#unsent.note(change);
    const reply = this.#lastReply.then(() => this.#send(change, noted));
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
      this.#underWay -= 1;
      if (this.isSettled) this.#tellState();
    }
  }

  #named(request: StageRequest): StageRequest {
    if (request.type !== 'move' || request.id !== undefined) return request;
    this.#moves += 1;
    return { ...request, id: `${this.#me}/${this.#moves}` };
  }

  #sendLater(): void {
    clearTimeout(this.#later);
    if (!this.#unsent.isEmpty) this.#later = setTimeout(() => this.#sendUnsent(), SEND_AGAIN_MS);
  }

  #sendUnsent(): void {
    // What is under way comes first, and may be newer.
    if (this.#underWay > 0) return;
    for (const change of this.#unsent.changes) this.change(change).catch(() => undefined);
  }

  async #send(change: StageRequest, noted: number): Promise<unknown> {
    const send = () => this.#call('POST', '/stage', change);
    // What a change sets may be set twice; the timer counts.
    if (change.type === 'timer') return send();
    return callAgain(send, () => change.type !== 'move' || !this.#unsent.isOvertaken(noted));
  }

  /** While our own moves are under way, older positions from the server must not pull this screen back. */
  get isSettled(): boolean {
    return this.#underWay === 0 && this.#unsent.isEmpty && this.#state.version >= this.#ownVersion;
  }

  /** Whether a move of this window's own has not arrived yet: one from before a reload, too. */
  get isMoving(): boolean {
    return this.#unsent.has('move');
  }

  /** Resolves when this screen has seen what its own changes made of the stage. */
  async seesItsChanges(): Promise<void> {
    while (!this.isSettled) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #hear(wire: HubMessage): void {
    // Gone is lost for good: something else answers there now.
    if (wire.event === 'lost' || wire.event === 'gone') return this.#lose();
    const message = parseStageMessage(wire);
    switch (message?.event) {
      case 'hello':
        this.isLost = false;
        return this.#tell('hello', message.data);
      case 'stage':
        return this.#hearStage(message.data, wire.at);
      case 'demos':
        this.#demos = message.data;
        return this.#tell('demos', message.data);
      case 'drawings':
        return this.#showDrawings(message.data);
      case 'drawing':
        return this.#hearDrawing(message.data);
      case 'times':
        this.#times = message.data;
        return this.#tell('times', message.data);
      case 'preflight':
        return this.#tell('preflight', message.data);
      case 'laser':
        return this.#tell('laser', message.data);
      case 'lan':
        return this.#tell('lan', message.data);
      case 'deck':
        return this.#tell('deck', message.data);
      // The connection's own business.
      case 'alive':
      case 'taken-back':
      case undefined:
    }
  }

  #lose(): void {
    this.isLost = true;
    for (const listener of this.#listeners) listener.lost?.();
  }

  #hearStage({ now, ...state }: MessageData<'stage'>, at: number): void {
    this.isLost = false;
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
    this.#tell('drawings', drawings);
  }

  #tell<E extends keyof Told>(event: E, data: Told[E]): void {
    for (const listener of this.#listeners)
      (listener[event] as ((data: Told[E]) => void) | undefined)?.(data);
  }

  #tellState(): void {
    for (const wake of this.#waiting.splice(0)) wake();
    this.#tell('stage', this.#state);
  }
}
