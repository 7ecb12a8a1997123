import { steadyNow } from './steady-now.ts';
import { changeDrawings, type Drawings } from '../../stage/drawing.ts';
import type { DrawingChange, StageChange, StageRequest } from '../../stage/stage-schema.ts';
import type { LaserPoint } from '../../stage/laser-point.ts';
import { changeStage, initialStage, type ServerChange, type StageState } from '../../stage/stage-state.ts';
import { ApiError } from './api.ts';
import type { HubListener } from './event-hub.ts';
import type { Transport } from './transport.ts';

/** How long a window that opens waits for the others' answer, in ms: they are in the same browser. */
const JOIN_MS = 120;

/** A state and who made it: of two with the same version, every window keeps the same one. */
interface Shared {
  state: StageState;
  by: string;
}

type Message =
  | { type: 'join' }
  | ({ type: 'state' } & Shared)
  | { type: 'drawings'; drawings: Drawings }
  | { type: 'drawing'; change: DrawingChange }
  | { type: 'laser'; point: LaserPoint | null };

/**
 * Stands in for the server in a published deck: folds the same changes, and shares the state with the other windows of this
 * browser that show this build of the deck. The newest version counts; a window that reloads brings its own along.
 */
class LocalServer implements Transport {
  #shared: Shared;
  readonly #key: string;
  readonly #me = `${Date.now()}-${Math.random()}`;
  readonly #channel: BroadcastChannel;
  readonly #listeners = new Set<HubListener>();
  #drawings: Drawings = {};
  #hasJoined = false;
  readonly #joined: Promise<void>;

  constructor(build: string) {
    // The folder too: two decks of one host, or one deck at two places, have nothing to do with each other.
    this.#key = `deckhand ${new URL('.', location.href).pathname} ${build}`;
    this.#shared = readKept(this.#key) ?? { state: initialStage(), by: '' };
    this.#channel = new BroadcastChannel(this.#key);
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Message>) => this.#hear(data));
    this.#say({ type: 'join' });
    this.#joined = new Promise((resolve) => setTimeout(resolve, JOIN_MS)).then(() => this.#join());
  }

  readonly listen: Transport['listen'] = (url, listener) => {
    // There is nothing live to hear of.
    if (url !== '/api/stage/events') return () => {};
    this.#listeners.add(listener);
    if (this.#hasJoined) this.#tell(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly call: Transport['call'] = async (method, path, body) => {
    if (path === '/stage/drawing') return this.#draw(body as DrawingChange);
    if (path === '/stage/laser') return this.#shine((body as { point: LaserPoint | null }).point);
    const change = toChange(method, path, body);
    await this.#joined;
    const state = changeStage(this.#shared.state, change, steadyNow());
    this.#adopt({ state, by: this.#me });
    this.#say({ type: 'state', ...this.#shared });
    return { version: state.version };
  };

  #draw(change: DrawingChange): void {
    this.#drawings = changeDrawings(this.#drawings, change);
    this.#say({ type: 'drawing', change });
    this.#tellAll('drawing', change);
  }

  #shine(point: LaserPoint | null): void {
    this.#say({ type: 'laser', point });
    this.#tellAll('laser', point);
  }

  #join(): void {
    this.#hasJoined = true;
    for (const listener of this.#listeners) this.#tell(listener);
  }

  #hear(message: Message): void {
    if (message.type === 'join') {
      if (this.#shared.state.version > 0) this.#say({ type: 'state', ...this.#shared });
      if (Object.keys(this.#drawings).length > 0) this.#say({ type: 'drawings', drawings: this.#drawings });
      return;
    }
    if (message.type === 'laser') return this.#tellAll('laser', message.point);
    if (message.type === 'drawings') return this.#showDrawings(message.drawings);
    if (message.type === 'drawing') {
      this.#drawings = changeDrawings(this.#drawings, message.change);
      return this.#tellAll('drawing', message.change);
    }
    const { state, by } = this.#shared;
    const isNewer =
      message.state.version > state.version || (message.state.version === state.version && message.by > by);
    if (isNewer) this.#adopt({ state: message.state, by: message.by });
  }

  #adopt(shared: Shared): void {
    this.#shared = shared;
    keep(this.#key, shared);
    if (this.#hasJoined) for (const listener of this.#listeners) this.#tell(listener);
  }

  #showDrawings(drawings: Drawings): void {
    this.#drawings = drawings;
    this.#tellAll('drawings', drawings);
  }

  #tellAll(event: string, data: unknown): void {
    for (const listener of this.#listeners) listener({ event, data: JSON.stringify(data), at: steadyNow() });
  }

  #tell(listener: HubListener): void {
    const now = steadyNow();
    listener({ event: 'stage', data: JSON.stringify({ ...this.#shared.state, now }), at: now });
  }

  #say(message: Message): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows; a channel has one origin
    this.#channel.postMessage(message);
  }
}

/** `build` names this build of the deck: a window with another one has other slides. */
export function openLocalServer(build: string): Transport {
  return new LocalServer(build);
}

function readKept(key: string): Shared | undefined {
  try {
    const kept = sessionStorage.getItem(key);
    return kept === null ? undefined : (JSON.parse(kept) as Shared);
  } catch {
    return undefined;
  }
}

/** A browser that was told to keep nothing only forgets the place at a reload. */
function keep(key: string, shared: Shared): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(shared));
  } catch {
    // Nothing to do about it.
  }
}

/** The part of the API that needs no engine. */
function toChange(method: string, path: string, body: unknown): StageChange | ServerChange {
  if (method === 'POST' && path === '/stage') return withoutRuns(body as StageRequest);
  const [, demo] = /^\/demos\/([^/]+)\/reset$/.exec(path) ?? [];
  if (demo !== undefined) return { type: 'clear', demo: decodeURIComponent(demo) };
  throw new ApiError({
    detail: 'This deck was published: nothing runs here.',
    hint: 'Its demos play their recordings.',
  });
}

/** Nothing can go on from a run: it plays. */
function withoutRuns(change: StageRequest): StageChange {
  return change.type === 'fallback' ? { type: 'replay', demo: change.demo } : change;
}
