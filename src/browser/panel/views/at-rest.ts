import { html, type TemplateResult } from 'lit';
import { mayRun, type DemoSummary } from '../../../demo/demo-summary.ts';
import type { DemoAction } from '../session/demo-action.ts';
import type { PanelContext } from '../session/panel-context.ts';
import type { PanelSession } from '../session/panel-session.ts';

interface RestParts {
  session: PanelSession;
  usedBy: PanelContext['role'];
  isActive: boolean;
  onAction(action: DemoAction): void;
}

/** Before anything has run: what pressing a key does, or touching this. */
export function atRest({ session, usedBy, isActive, onAction }: RestParts): TemplateResult {
  const { demo } = session;
  if (usedBy === 'audience')
    return html`<div class="panel-rest"><p>It starts when the speaker runs it.</p></div>`;
  const run = () => onAction('run');
  return html`<div class="panel-rest">
    <button ?disabled=${!isActive || (!mayRun(demo) && demo.recording === undefined)} @click=${run}>
      ${whatRunDoes(demo)}
    </button>
  </div>`;
}

function whatRunDoes(demo: DemoSummary): TemplateResult {
  const { recording } = demo;
  if (mayRun(demo)) return html`<kbd>R</kbd> builds and runs it`;
  if (recording === undefined) return html`It can’t run here`;
  return html`<kbd>R</kbd> plays ${recordingWords(recording.date)}`;
}

/** With the day as this browser's user writes it: `23 November 2026`. A file of somebody else may say none. */
function recordingWords(date: string): string {
  if (date === '') return 'the recording';
  return `a recording made on ${new Intl.DateTimeFormat(undefined, { dateStyle: 'long' }).format(new Date(date))}`;
}
