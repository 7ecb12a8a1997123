/** What a server sends its screens as server-sent events: each message once, for both ends. Pure. */
import type { DemoSummary } from '../demo/demo-summary.ts';
import type { DeckPatch } from './deck-patch.ts';
import type { Drawings } from './drawing.ts';
import type { LanState } from './lan-state.ts';
import type { LaserPoint } from './laser-point.ts';
import type { PreflightState } from './preflight.ts';
import type { DrawingChange } from './stage-schema.ts';
import type { StageState } from './stage-state.ts';

/** Something wrong in the newest save. */
export interface SaveProblem {
  severity: 'error' | 'warning';
  message: string;
  hint?: string;
  line: number;
  column: number;
  /** The line that it is in, with marks under the place: of an error. */
  frame?: string;
}

/** The newest save. Without a patch it says only what is wrong: the last good deck stays up. */
export interface DeckMessage {
  patch?: DeckPatch;
  title: string;
  file: string;
  diagnostics: SaveProblem[];
  /** Addresses of files on slides (`/img/x y.png`) whose content has changed. */
  files?: string[];
}

export type StageMessage =
  /** The first message of a connection: whether the screen's deck is the one that is up. */
  | { event: 'hello'; data: { instance: string; deckVersion: number } }
  /** An engine came or went, or there is a new recording. */
  | { event: 'demos'; data: DemoSummary[] }
  /** `now` is the server's clock in ms. */
  | { event: 'stage'; data: StageState & { now: number } }
  /** All that is drawn on slides, for a screen that just came; then each line as it grows. */
  | { event: 'drawings'; data: Drawings }
  | { event: 'drawing'; data: DrawingChange }
  /** Where the laser points; null when it is off. No version: it is gone at once. */
  | { event: 'laser'; data: LaserPoint | null }
  /** The second listener, for phones and the audience: its address, who is paired, who guesses. For the speaker only. */
  | { event: 'lan'; data: LanState }
  /** The speaker has unpaired this phone; the connection ends. */
  | { event: 'taken-back'; data: '' }
  /** How long the talk has been on each slide, in ms by slide key: sent when it leaves one. */
  | { event: 'times'; data: Record<string, number> }
  /** What preflight found; with `asks`, pages report their screens. */
  | { event: 'preflight'; data: PreflightState }
  /** Empty: it keeps the connection from looking dead. */
  | { event: 'alive'; data: '' }
  | { event: 'deck'; data: DeckMessage };

export type StageEvent = StageMessage['event'];
export type MessageData<E extends StageEvent> = Extract<StageMessage, { event: E }>['data'];

const EVENTS: Record<StageEvent, true> = {
  hello: true,
  demos: true,
  stage: true,
  drawings: true,
  drawing: true,
  laser: true,
  lan: true,
  'taken-back': true,
  times: true,
  preflight: true,
  alive: true,
  deck: true,
};

export const STAGE_EVENTS = Object.keys(EVENTS) as StageEvent[];

/** A message as it came over the wire; undefined for one that isn't the stage's. The sender is our own server: names are checked, not shapes. */
export function parseStageMessage({
  event,
  data,
}: {
  event: string;
  data: string;
}): StageMessage | undefined {
  if (!Object.hasOwn(EVENTS, event)) return undefined;
  return { event, data: data === '' ? '' : JSON.parse(data) } as StageMessage;
}
