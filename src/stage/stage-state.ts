/**
 * The position and state that all screens share. Owned by the server, sent as events, folded by every screen.
 * Pure: no clock, no network.
 */

import type { FallbackOffer, LeftPlace } from './fallback.ts';
import {
  NOTHING,
  offerOf,
  panelOf,
  replayOf,
  touchedOf,
  type PanelState,
  type StageRun,
} from './panel-state.ts';
import { changeReplay } from './replay-state.ts';
import type { ReplayChange, StageChange } from './stage-schema.ts';

/** Where the talk is, as reveal.js counts: `f` is the last fragment shown, -1 for none. */
export interface Position {
  h: number;
  v: number;
  f: number;
}

/** A timer that survives reloads: times are the server's clock in ms. */
export interface TimerState {
  /** When it was last started; null while it stands still. */
  startedAt: number | null;
  /** Ms counted before that. */
  elapsed: number;
  /** What a reset threw away, for as long as nothing else was done to the timer. */
  undo?: { startedAt: number | null; elapsed: number };
}

export type TimerAction = 'start' | 'pause' | 'reset' | 'undo';

export interface StageState {
  /** Grows with every change. */
  version: number;
  position: Position;
  /** Which move led there; undefined before the first one. */
  moveId?: string;
  isPaused: boolean;
  /** A break: when it ends, in ms of the stage's clock. Screens are black meanwhile, and say so. */
  backAt?: number | undefined;
  isOverview: boolean;
  /** The deck shows in its other theme: `theme-projector:`. */
  isOtherTheme?: boolean | undefined;
  /** The hall's screens stay as they are while the speaker looks elsewhere. */
  isFrozen?: boolean | undefined;
  timer: TimerState;
  /** By demo name. */
  panels: Record<string, PanelState>;
  /** Says what can't be written beside the deck, and why: the disk is full. */
  notKept?: string;
  /** A speaker view or a phone shows: there somebody can be asked, and told what the audience need not see. */
  hasSpeaker?: true;
}

/** Changes that only the server makes: a run begins, a panel is reset, the recording is offered or goes on, a speaker view opens or closes. */
export type ServerChange =
  | { type: 'speaker'; isThere: boolean }
  | { type: 'run'; demo: string; id: string; startedAt?: number }
  | { type: 'clear'; demo: string }
  | { type: 'offer'; demo: string; offer: FallbackOffer | undefined }
  | { type: 'go-on'; demo: string; left: LeftPlace };

export function initialStage(): StageState {
  return {
    version: 0,
    position: { h: 0, v: 0, f: -1 },
    isPaused: false,
    isOverview: false,
    timer: { startedAt: null, elapsed: 0 },
    panels: {},
  };
}

/** The state after a change; `now` is the server's clock in ms. */
export function changeStage(state: StageState, change: StageChange | ServerChange, now: number): StageState {
  if (change.type === 'speaker') return withSpeaker(state, change.isThere);
  return { ...state, ...changed(state, change, now), version: state.version + 1 };
}

function withSpeaker({ hasSpeaker: _before, ...state }: StageState, isThere: boolean): StageState {
  const version = state.version + 1;
  return isThere ? { ...state, version, hasSpeaker: true } : { ...state, version };
}

function changed(
  state: StageState,
  change: StageChange | Exclude<ServerChange, { type: 'speaker' }>,
  now: number,
): Partial<StageState> {
  switch (change.type) {
    case 'move':
      return {
        position: change.position,
        moveId: change.id ?? `${now}/${state.version}`,
        timer: startOnFirstMove(state, now),
      };
    case 'pause':
      return { isPaused: change.isPaused, backAt: undefined };
    case 'break':
      return { isPaused: true, backAt: now + change.minutes * 60_000 };
    case 'overview':
      return { isOverview: change.isOverview };
    case 'theme':
      return { isOtherTheme: change.isOther || undefined };
    case 'freeze':
      return { isFrozen: change.isFrozen || undefined };
    case 'timer':
      return { timer: changeTimer(state.timer, change.action, now) };
    case 'view':
      return withPanel(state, change.demo, { ...panelOf(state, change.demo), view: change.view });
    case 'scroll':
      return withPanel(state, change.demo, scrolled(panelOf(state, change.demo), change.view, change.to));
    case 'typed':
      return withPanel(state, change.demo, { ...panelOf(state, change.demo), typed: change.text });
    case 'replay':
    case 'replay-stop':
    case 'replay-pause':
    case 'replay-speed':
    case 'replay-seek':
      return replayed(state, change, now);
    case 'run':
      return withPanel(state, change.demo, { shows: 'live', run: toRun(change) });
    case 'clear':
      return withPanel(state, change.demo, NOTHING);
    case 'offer':
      return offered(state, change.demo, change.offer);
    case 'fallback-seen':
      return seen(state, change.demo);
    case 'go-on':
      return goneOn(state, change, now);
  }
}

function toRun({ id, startedAt }: { id: string; startedAt?: number }): StageRun {
  return startedAt === undefined ? { id } : { id, startedAt };
}

function offered(state: StageState, demo: string, offer: FallbackOffer | undefined): Partial<StageState> {
  const before = panelOf(state, demo);
  if (before.shows !== 'live') return {};
  const { offer: _before, ...panel } = before;
  return withPanel(state, demo, offer === undefined ? panel : { ...panel, offer });
}

function seen(state: StageState, demo: string): Partial<StageState> {
  const offer = offerOf(panelOf(state, demo));
  return offer === undefined ? {} : offered(state, demo, { ...offer, isSeen: true });
}

/** The run stays beside the recording: what it printed is kept above. */
function goneOn(
  state: StageState,
  { demo, left }: { demo: string; left: LeftPlace },
  now: number,
): Partial<StageState> {
  const panel = panelOf(state, demo);
  if (panel.shows !== 'live') return {};
  const replay = { from: left.at, startedAt: now, speed: 1 };
  const run = { ...panel.run, left };
  return withPanel(state, demo, { ...touchedOf(panel), shows: 'continued', run, replay });
}

/** Playing takes the place of whatever the panel shows; the other changes leave it, and do nothing where nothing plays. */
function replayed(state: StageState, change: ReplayChange, now: number): Partial<StageState> {
  const { demo } = change;
  const panel = panelOf(state, demo);
  const before = replayOf(panel);
  const replay = changeReplay(before, change, now);
  if (before === undefined && replay === undefined) return {};
  // Nothing of a run that was left continues without the recording.
  if (replay === undefined)
    return withPanel(
      state,
      demo,
      panel.shows === 'continued' ? NOTHING : { ...touchedOf(panel), ...NOTHING },
    );
  if (change.type === 'replay' || before === undefined)
    return withPanel(state, demo, { shows: 'recorded', replay });
  if (panel.shows !== 'continued')
    return withPanel(state, demo, { ...touchedOf(panel), shows: 'recorded', replay });
  // What comes before was live, and can't be played.
  const from = Math.max(panel.run.left.at, replay.from);
  return withPanel(state, demo, { ...panel, replay: { ...replay, from } });
}

function scrolled(panel: PanelState, view: string, to: number | null): PanelState {
  const { [view]: _before, ...others } = panel.scroll ?? {};
  return { ...panel, scroll: to === null ? others : { ...others, [view]: to } };
}

function withPanel(state: StageState, demo: string, panel: PanelState): Partial<StageState> {
  return { panels: { ...state.panels, [demo]: panel } };
}

/** A speaker who forgets the timer still has one: it starts with the first move of the talk. */
function startOnFirstMove(state: StageState, now: number): TimerState {
  const untouched = state.timer.startedAt === null && state.timer.elapsed === 0;
  return untouched ? { startedAt: now, elapsed: 0 } : state.timer;
}

function changeTimer(timer: TimerState, action: TimerAction, now: number): TimerState {
  const { startedAt, elapsed } = timer;
  switch (action) {
    case 'start':
      return startedAt === null ? { elapsed, startedAt: now } : timer;
    case 'pause':
      return { startedAt: null, elapsed: timerElapsed(timer, now) };
    case 'reset':
      return { startedAt: startedAt === null ? null : now, elapsed: 0, undo: { startedAt, elapsed } };
    case 'undo':
      return timer.undo ?? timer;
  }
}

/** Milliseconds that the timer shows at `now`. */
export function timerElapsed(timer: TimerState, now: number): number {
  return timer.elapsed + (timer.startedAt === null ? 0 : Math.max(0, now - timer.startedAt));
}
