import { html, nothing, type TemplateResult } from 'lit';
import type { DemoSummary } from '../../../demo/demo-summary.ts';
import type { RunView } from '../../../demo/run/run-view.ts';
import type { PanelSession } from '../session/panel-session.ts';

/**
 * Where what a panel shows comes from, and whether that is still so. Every screen draws this: deck, speaker view, phone, followers, paper.
 *
 * | origin | and | badge | colour |
 * |---|---|---|---|
 * | none | | no badge | |
 * | live | a run is on its way, or ready | LIVE | green |
 * | live | it failed, or ends because of an error | FAILED | red |
 * | live | stopping, stopped, cancelled | STOPPING, STOPPED, CANCELLED | grey |
 * | live | the engine does not answer | NO ENGINE | grey |
 * | live | Deckhand does not answer | NO CONNECTION | grey |
 * | recorded | a recording | RECORDED, its date, what stood in | amber |
 * | recorded | it goes on where a live run was left | LIVE THEN RECORDED | green to amber |
 */
export type BadgeState =
  | { kind: 'none' }
  | { kind: 'live' }
  | { kind: 'failed' }
  | { kind: 'over'; phase: 'stopping' | 'stopped' | 'cancelled' }
  | { kind: 'unsure'; missing: 'engine' | 'connection' }
  | { kind: 'recorded'; date: string; standIn: string | undefined }
  | { kind: 'then'; date: string; standIn: string | undefined };

type BadgeFacts = Pick<PanelSession, 'origin' | 'demo' | 'view' | 'safety' | 'isLost'>;

export function badgeState({ origin, demo, view, safety, isLost }: BadgeFacts): BadgeState {
  switch (origin) {
    case 'none':
      return { kind: 'none' };
    case 'recorded': {
      const date = demo.recording?.date.slice(0, 10) ?? '';
      const kind = safety?.isContinued === true ? 'then' : 'recorded';
      return { kind, date, standIn: demo.recording?.standIn };
    }
    case 'live':
      return liveState(view, demo, isLost === true);
  }
}

function liveState({ phase, error, exit }: RunView, { noEngine }: DemoSummary, isLost: boolean): BadgeState {
  if (error !== undefined || phase === 'failed') return { kind: 'failed' };
  if (phase === 'stopping' || phase === 'stopped' || phase === 'cancelled') return { kind: 'over', phase };
  if (exit !== undefined) return { kind: 'over', phase: 'stopped' };
  if (isLost) return { kind: 'unsure', missing: 'connection' };
  return noEngine === true ? { kind: 'unsure', missing: 'engine' } : { kind: 'live' };
}

export function badgeWords(state: BadgeState): string {
  switch (state.kind) {
    case 'none':
      return '';
    case 'live':
      return 'LIVE';
    case 'failed':
      return 'FAILED';
    case 'over':
      return state.phase.toUpperCase();
    case 'unsure':
      return state.missing === 'engine' ? 'NO ENGINE' : 'NO CONNECTION';
    case 'recorded':
      return recordedWords('RECORDED', state);
    case 'then':
      return recordedWords('LIVE THEN RECORDED', state);
  }
}

function recordedWords(
  word: string,
  { date, standIn }: { date: string; standIn: string | undefined },
): string {
  return `${word} ${date}${standIn === undefined ? '' : `, ${standIn}`}`.trim();
}

export function badge(session: BadgeFacts): TemplateResult | typeof nothing {
  const state = badgeState(session);
  return state.kind === 'none'
    ? nothing
    : html`<span class="badge badge-${state.kind}">${badgeWords(state)}</span>`;
}
