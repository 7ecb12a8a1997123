import { entryOf } from '../../../demo/run/entry-of.ts';
import { html, nothing, type TemplateResult } from 'lit';
import { mayRun } from '../../../demo/demo-summary.ts';
import { parseView } from '../../../demo/view.ts';
import { isOver } from '../../../demo/run/run-event.ts';
import type { RunView } from '../../../demo/run/run-view.ts';
import type { PanelSession } from '../session/panel-session.ts';
import type { DemoAction } from '../session/demo-action.ts';
import { badge, badgeState } from './panel-badge.ts';
import { runProgress } from './run-progress.ts';
import { toDuration, toSize } from './to-duration.ts';

interface HeaderParts {
  session: PanelSession;
  tabs: string[];
  open: string;
  isActive: boolean;
  act(action: DemoAction): void;
}

const PHASE_WORDS: Record<RunView['phase'], string> = {
  idle: '',
  queued: 'waiting for the engine',
  pulling: 'pulling',
  building: 'building',
  starting: 'starting',
  ready: 'ready',
  stopping: 'stopping',
  stopped: 'stopped',
  failed: 'failed',
  cancelled: 'cancelled',
};

const TAB_WORDS: Record<string, string> = {
  terminal: 'Terminal',
  app: 'App',
  ask: 'Ask',
  layers: 'Layers',
  process: 'Process',
  logs: 'Logs',
  map: 'Services',
  shell: 'Shell',
};

/** Title, badge, state and buttons. */
export function panelHeader({ session, tabs, open, isActive, act }: HeaderParts): TemplateResult {
  return html`<header class="panel-header">
    <span class="panel-title">${session.demo.title}</span>
    ${badge(session)}
    <span class="panel-phase" role="status" ?data-said=${saysItsPhase(session)}>${stateWords(session)}</span>
    ${runProgress(session)}
    <span class="panel-space"></span>
    ${
      tabs.length > 1
        ? html`<span class="panel-tabs" role="tablist"
            >${tabs.map((tab) => tabButton(session, tab, tab === open))}</span
          >`
        : nothing
    }
    ${isActive ? buttons(session, act) : nothing}
  </header>`;
}

/** The badge has the same word already; what reads the page aloud still hears it. */
function saysItsPhase(session: PanelSession): boolean {
  const { kind } = badgeState(session);
  return kind === 'over' || (kind === 'failed' && session.view.phase === 'failed');
}

export function stateWords({ view, runTime }: PanelSession): string {
  const words = PHASE_WORDS[view.phase];
  if (view.phase === 'idle') return '';
  if (view.phase === 'ready' && view.spareMs !== undefined) return 'ready, from a warm spare';
  if (view.phase === 'ready' && view.readyAt !== undefined)
    return `${words} after ${toDuration(view.readyAt)}`;
  if (isOver(view.phase)) return words;
  if (view.phase === 'pulling') return `pulling ${pulled(view)}`;
  const { unready } = view;
  if (unready === undefined || view.phase !== 'starting') return `${words} ${toDuration(runTime)}`;
  const { service, status, since } = unready;
  const why =
    status === undefined
      ? `is slow: no answer for ${toDuration(runTime - since)}`
      : `answers with status ${status} for now`;
  return `${words} ${toDuration(runTime)}: ${service} ${why}`;
}

/** All that is being pulled, together: `12 of 65 MB`. */
function pulled({ pulls }: RunView): string {
  const items = [...pulls.values()];
  const done = items.reduce((sum, item) => sum + item.done, 0);
  const total = items.reduce((sum, item) => sum + (item.total ?? item.done), 0);
  return total === 0 ? '' : `${toSize(done)} of ${toSize(total)}`;
}

function tabButton(session: PanelSession, tab: string, isOpen: boolean): TemplateResult {
  return html`<button role="tab" aria-selected=${isOpen} @click=${() => void session.showView(tab)}>
    ${tabWords(tab)}
  </button>`;
}

/** `Terminal`; `web` for `logs:web`, where its neighbours say what it is. */
function tabWords(tab: string): string {
  const { kind, of } = parseView(tab);
  const word = entryOf(TAB_WORDS, kind) ?? kind;
  if (kind === 'edit') return of ?? word;
  return of === undefined ? word : `${word} ${of}`;
}

function buttons({ view, origin, demo }: PanelSession, act: (action: DemoAction) => void): TemplateResult {
  const isRunning = origin !== 'none' && view.phase !== 'idle' && !isOver(view.phase);
  // The bar below has the buttons of what plays without being a run.
  const isJustPlaying = origin === 'recorded' && view.phase === 'idle';
  const button = (action: DemoAction, word: string, key: string) =>
    html`<button class="panel-button" title="${word} (${key})" @click=${() => act(action)}>${word}</button>`;
  return html`
    ${isJustPlaying ? nothing : isRunning ? button('stop', 'Stop', 'X') : button('run', mayRun(demo) ? 'Run' : 'Play', 'R')}
    ${origin === 'none' ? nothing : button('reset', 'Reset', 'Z')}
    ${demo.recording === undefined || !demo.canRun ? nothing : button('replay', 'Replay', 'E')}
  `;
}
