import { entryOf } from '../../demo/run/entry-of.ts';
import type { RunPiece } from '../../stage/audience.ts';
import { STAGE_EVENTS, type MessageData } from '../../stage/stage-message.ts';
import type { StageChange } from '../../stage/stage-schema.ts';
import { panelOf, type PanelState } from '../../stage/panel-state.ts';
import { changeStage, type StageState } from '../../stage/stage-state.ts';
import { ApiError, type CallApi } from '../stage/api.ts';
import type { HubListener } from '../stage/event-hub.ts';
import type { HubMessage } from '../stage/hub-message.ts';
import type { Transport } from '../stage/transport.ts';
import { LastingEvents } from './lasting-events.ts';

/** A run as far as it was heard. */
interface HeardRun {
  messages: HubMessage[];
  /** How many of its events were heard, those that were left out for us included. */
  count: number;
  isOver: boolean;
  listeners: Set<HubListener>;
}

/** What a hand does to a panel without changing what it plays. */
type Hand = Pick<PanelState, 'view' | 'scroll'>;

function handOf({ panels }: StageState, demo: string): Hand {
  const { view, scroll } = entryOf(panels, demo) ?? {};
  return { ...(view === undefined ? {} : { view }), ...(scroll === undefined ? {} : { scroll }) };
}

/**
 * Stands in for the API on a device of the audience: one connection brings the stage and the runs, and nothing is ever asked
 * for. A view that is chosen or scrolled stays so on this device, until the speaker chooses or scrolls one.
 */
class FollowServer implements Transport {
  readonly #stageListeners = new Set<HubListener>();
  readonly #runs = new Map<string, HeardRun>();
  #state: MessageData<'stage'> | undefined;
  #heardAt = 0;
  /** By demo: what this reader looks at, and what the speaker's hand had done until then. */
  readonly #own = new Map<string, { hand: Hand; instead: string }>();

  constructor() {
    const events = new LastingEvents('/follow/events', [...STAGE_EVENTS, 'files', 'run']);
    events.listen((message) => this.#hear(message));
  }

  readonly listen: Transport['listen'] = (url, listener) => {
    const [, id] = /^\/api\/runs\/([^/]+)\/events$/.exec(url) ?? [];
    if (id === undefined) {
      this.#stageListeners.add(listener);
      return () => this.#stageListeners.delete(listener);
    }
    const run = this.#runOf(id);
    for (const message of run.messages) listener(message);
    run.listeners.add(listener);
    return () => run.listeners.delete(listener);
  };

  readonly call: CallApi = async (_method, path, body) => {
    const change = path === '/stage' ? (body as StageChange) : undefined;
    if (this.#state === undefined || (change?.type !== 'view' && change?.type !== 'scroll')) {
      const detail = 'The talk is in the speaker’s hands.';
      throw new ApiError({ detail, hint: 'You can look back at any time.' });
    }
    const { demo } = change;
    const instead = handOf(this.#state, demo);
    const after = changeStage({ ...this.#state, panels: this.#panels(this.#state) }, change, 0);
    this.#own.set(demo, { hand: handOf(after, demo), instead: JSON.stringify(instead) });
    this.#tellState();
    return { version: this.#state.version };
  };

  #hear(message: HubMessage): void {
    if (message.event === 'run') return this.#hearRun(JSON.parse(message.data) as RunPiece, message.at);
    if (message.event === 'stage') {
      this.#state = JSON.parse(message.data) as MessageData<'stage'>;
      this.#heardAt = message.at;
      return this.#tellState();
    }
    if (message.event === 'files')
      return this.#tell({ ...message, event: 'deck', data: toSave(message.data) });
    this.#tell(message);
  }

  #tellState(): void {
    if (this.#state === undefined) return;
    const state = { ...this.#state, panels: this.#panels(this.#state) };
    this.#tell({ event: 'stage', data: JSON.stringify(state), at: this.#heardAt });
  }

  /** The panels as this reader looks at them. */
  #panels(state: StageState): StageState['panels'] {
    let { panels } = state;
    for (const [demo, { hand, instead }] of this.#own) {
      if (JSON.stringify(handOf(state, demo)) === instead)
        panels = { ...panels, [demo]: { ...panelOf(state, demo), ...hand } };
      else this.#own.delete(demo);
    }
    return panels;
  }

  #tell(message: HubMessage): void {
    for (const listener of this.#stageListeners) listener(message);
  }

  /** A connection that was made again brings the run from its beginning. */
  #hearRun({ id, from, events, isOver }: RunPiece, at: number): void {
    const run = this.#runOf(id);
    const fresh = events.slice(Math.max(0, run.count - from));
    run.count = Math.max(run.count, from + events.length);
    const messages = fresh.map((event) => ({ event: 'message', data: JSON.stringify(event), at }));
    if (isOver && !run.isOver) messages.push({ event: 'end', data: '', at });
    run.isOver ||= isOver;
    for (const message of messages) {
      run.messages.push(message);
      for (const listener of run.listeners) listener(message);
    }
  }

  #runOf(id: string): HeardRun {
    const known = this.#runs.get(id);
    if (known !== undefined) return known;
    const run: HeardRun = { messages: [], count: 0, isOver: false, listeners: new Set() };
    this.#runs.set(id, run);
    return run;
  }
}

/** Files that changed, as the speaker's screens are told of them. */
function toSave(files: string): string {
  const save: MessageData<'deck'> = {
    title: '',
    file: '',
    diagnostics: [],
    files: JSON.parse(files) as string[],
  };
  return JSON.stringify(save);
}

export function openFollowServer(): Transport {
  return new FollowServer();
}
