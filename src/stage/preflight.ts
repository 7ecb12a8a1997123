/** What is looked at before a talk, and what was found. Read by the server, the terminal and the speaker view alike. */

/** One thing that was looked at. */
export interface Check {
  name: string;
  /** Red stops the talk or a demo; amber is worth a look. */
  state: CheckState;
  /** What was found. */
  what: string;
  /** What to do about it; empty when there is nothing to do. */
  next: string;
}

export type CheckState = 'green' | 'amber' | 'red';

export interface PreflightBoard {
  /** When it was looked at, in ms since 1970. */
  at: number;
  tookMs: number;
  checks: Check[];
}

/** How far a demo's image is that is built before the talk. */
export interface Prewarmed {
  demo: string;
  state: 'waiting' | 'building' | 'built' | 'joined' | 'failed';
  /** For people: how long it took, or why it failed. */
  what: string;
}

/** What every screen is told of the preflight. */
export interface PreflightState {
  /** Set while checks run: every page of the deck tells its screen under this name. */
  asks?: string;
  /** The last one that was done. */
  board?: PreflightBoard;
  prewarm: Prewarmed[];
}

/** What only a browser knows: the window that a page is in. In CSS pixels, as the page sees them. */
export interface ScreenFacts {
  page: 'deck' | 'speaker';
  width: number;
  height: number;
  /** Of the whole screen that the window is on. */
  screenWidth: number;
  screenHeight: number;
  /** 1 is 100 %. */
  zoom: number;
}

/** What each state is called, for terminals and eyes that show no colours. */
export const STATE_WORDS: Record<CheckState, string> = { green: 'fine', amber: 'look', red: 'stop' };
