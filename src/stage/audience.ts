/**
 * What the audience's own devices are told: less than the speaker's screens, and nothing that could change anything. Born on
 * the presenting process, carried to other processes by the relay. Pure.
 */

import type { Look } from '../deck/deck.ts';
import type { DemoSummary } from '../demo/demo-summary.ts';
import { RUN_EVENT_VERSION, type RunEvent } from '../demo/run/run-event.ts';
import type { DeckPatch } from './deck-patch.ts';
import { changeDrawings, type Drawings } from './drawing.ts';
import type { LaserPoint } from './laser-point.ts';
import type { DrawingChange } from './stage-schema.ts';
import { initialStage, type StageState } from './stage-state.ts';

/** Raised when followers of an older version would misread what is sent. */
export const AUDIENCE_VERSION = `4.${RUN_EVENT_VERSION}`;

export type AudienceMessage =
  | { event: 'hello'; data: { instance: string; deckVersion: number } }
  | { event: 'stage'; data: StageState & { now: number } }
  | { event: 'demos'; data: DemoSummary[] }
  | { event: 'deck'; data: AudiencePatch }
  | { event: 'drawings'; data: Drawings }
  | { event: 'drawing'; data: DrawingChange }
  | { event: 'laser'; data: LaserPoint | null }
  /** Addresses of files on slides (`/img/x y.png`) whose content has changed. */
  | { event: 'files'; data: string[] }
  /** Events of a run from number `from` on; what a follower has already it leaves out. */
  | { event: 'run'; data: RunPiece }
  /** Says nothing: a connection that is silent for long gets dropped. */
  | { event: 'alive'; data: '' };

/** A save. `diagnostics` and `file` are the author's own, and always empty here. */
export interface AudiencePatch {
  patch: DeckPatch;
  title: string;
  hasMath: boolean;
  look: Look;
  /** Addresses of all the files that the deck names now; percent-encoded. */
  named: string[];
  file: '';
  diagnostics: [];
}

export interface RunPiece {
  id: string;
  from: number;
  events: RunEvent[];
  isOver: boolean;
}

/** The deck as the audience may have it. */
export interface AudienceDeck {
  version: number;
  title: string;
  lang: string;
  authors: string[];
  hasMath: boolean;
  look: Look;
  stacks: string[];
  /** Addresses of the pictures, videos and other files that it names; percent-encoded. */
  files: string[];
}

/** Everything that somebody who comes now has to know. */
export interface AudienceSnapshot {
  instance: string;
  deck: AudienceDeck;
  stage: StageState & { now: number };
  demos: DemoSummary[];
  drawings: Drawings;
  runs: RunPiece[];
}

/** The stage without the speaker's clock and troubles. */
export function toAudienceStage(state: StageState & { now: number }): StageState & { now: number } {
  const { notKept: _speakersOwn, hasSpeaker: _speakersToo, moveId: _screensOwn, ...shown } = state;
  return { ...shown, timer: initialStage().timer, isOverview: false };
}

/** A demo as followers see it: they can't run it, and find its recording beside their page. */
export function toAudienceDemo(demo: DemoSummary): DemoSummary {
  const { name, title, views, sources, recording, idleMs, noEngine } = demo;
  const pace = idleMs === undefined ? {} : { idleMs };
  const shown: DemoSummary = { name, title, views, sources, ...pace, canRun: false };
  if (noEngine === true) shown.noEngine = true;
  if (recording === undefined) return shown;
  const files = {
    'run.cast': toRecordingAddress(name, 'run.cast'),
    'app.png': toRecordingAddress(name, 'app.png'),
  };
  return { ...shown, recording: { ...recording, files } };
}

export function toRecordingAddress(demo: string, file: string): string {
  return `/follow/demos/${encodeURIComponent(demo)}/${encodeURIComponent(file)}`;
}

/** An event without the addresses of the speaker's machine, which other devices can't reach. */
export function toAudienceEvent(event: RunEvent): RunEvent {
  if (event.type === 'app') return { ...event, url: '' };
  if (event.type !== 'replica') return event;
  const { url: _url, ...facts } = event.facts;
  return { ...event, facts };
}

/** The snapshot after a message: for processes that only hear of the talk. Runs are kept apart, by who holds them. */
export function foldAudienceMessage(
  before: Omit<AudienceSnapshot, 'runs'>,
  message: AudienceMessage,
): Omit<AudienceSnapshot, 'runs'> {
  switch (message.event) {
    case 'stage':
      return { ...before, stage: message.data };
    case 'demos':
      return { ...before, demos: message.data };
    case 'drawings':
      return { ...before, drawings: message.data };
    case 'drawing':
      return { ...before, drawings: changeDrawings(before.drawings, message.data) };
    case 'deck':
      return { ...before, deck: patchDeck(before.deck, message.data) };
    case 'hello':
    case 'laser':
    case 'files':
    case 'run':
    case 'alive':
      return before;
  }
}

function patchDeck(deck: AudienceDeck, { patch, title, hasMath, look, named }: AudiencePatch): AudienceDeck {
  const stacks = deck.stacks.toSpliced(patch.start, patch.remove, ...patch.insert);
  return { ...deck, version: patch.to, title, hasMath, look, stacks, files: named };
}
