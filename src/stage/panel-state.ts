/** What a demo's panels show, on all screens. Pure. */
import { entryOf } from '../demo/run/entry-of.ts';
import type { FallbackOffer, LeftPlace } from './fallback.ts';
import type { ReplayState } from './replay-state.ts';

/** A live run. `startedAt` is the server's clock; unknown when it began before it was asked for. */
export interface StageRun {
  id: string;
  startedAt?: number;
}

/** What one demo's panels show on every screen. */
export type Shown =
  | { shows: 'nothing' }
  /** `offer`: the run is in trouble, and the speaker has not said what to do. */
  | { shows: 'live'; run: StageRun; offer?: FallbackOffer }
  | { shows: 'recorded'; replay: ReplayState }
  /** What the run printed stays; the recording continues where the run was left. */
  | { shows: 'continued'; run: StageRun & { left: LeftPlace }; replay: ReplayState };

/** What hands have done to the panels. */
export interface Touched {
  /** The view that is open, when the speaker chose one. */
  view?: string;
  /** Where views were scrolled to, by view: the terminal's line, the Dockerfile's pixel. Absent: it follows what is new. */
  scroll?: Record<string, number>;
  /** What is in the box to ask, while it is typed. */
  typed?: string;
}

export type PanelState = Shown & Touched;

export const NOTHING: PanelState = { shows: 'nothing' };

/** The run whose output the panel shows: live, or up to where the recording continues. */
export function runOf(panel: Shown): StageRun | undefined {
  return panel.shows === 'live' || panel.shows === 'continued' ? panel.run : undefined;
}

/** The recording that the panel plays. */
export function replayOf(panel: Shown): ReplayState | undefined {
  return panel.shows === 'recorded' || panel.shows === 'continued' ? panel.replay : undefined;
}

/** The question that is open about the panel's run. */
export function offerOf(panel: Shown): FallbackOffer | undefined {
  return panel.shows === 'live' ? panel.offer : undefined;
}

/** What the demo's panels show; nothing when the stage doesn't know it yet. */
export function panelOf({ panels }: { panels: Record<string, PanelState> }, demo: string): PanelState {
  return entryOf(panels, demo) ?? NOTHING;
}

type MaybeTouched = { [K in keyof Touched]: Touched[K] | undefined };

/** What hands have done to the panel. */
export function touchedOf({ view, scroll, typed }: MaybeTouched): Touched {
  return {
    ...(view === undefined ? {} : { view }),
    ...(scroll === undefined ? {} : { scroll }),
    ...(typed === undefined ? {} : { typed }),
  };
}
