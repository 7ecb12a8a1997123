import './code-output.css';
import { html, nothing, type TemplateResult } from 'lit';
import { printedBy, type CommandRun } from '../../../demo/run/command-run.ts';
import type { DemoAction } from '../session/demo-action.ts';
import type { PanelSession } from '../session/panel-session.ts';
import { badge } from './panel-badge.ts';
import { toDuration } from './to-duration.ts';

interface OutputParts {
  session: PanelSession;
  /** Its command's name: `code:1a2b3c4d`. */
  name: `code:${string}`;
  isActive: boolean;
  act: (action: DemoAction) => void;
}

/** Below a code block that runs: what it printed, live or from the recording. */
export function codeOutput({ session, name, isActive, act }: OutputParts): TemplateResult {
  const run = session.view.commandRuns.get(name);
  const { notice } = session;
  return html`<div
    class="code-output"
    data-state=${run?.state ?? 'waiting'}
    data-origin=${session.origin}
    role="status"
  >
    <p class="code-output-bar">
      ${isActive ? html`<button @click=${() => act(name)} title="Run this code">▶ Run</button>` : nothing}
      ${run === undefined ? nothing : badge(session)}
      <span class="code-output-state" data-failed=${(run?.exitCode ?? 0) !== 0}
        >${stateWords(session, run)}</span
      >
    </p>
    ${run === undefined ? nothing : html`<pre class="code-output-text">${plain(printedBy(run))}</pre>`}
    ${notice === undefined ? nothing : html`<p class="code-output-problem">${notice.message} ${notice.hint}</p>`}
  </div>`;
}

function stateWords({ view, origin, demo }: PanelSession, run: CommandRun | undefined): string {
  if (run === undefined) {
    const isComing = origin === 'live' && view.readyAt === undefined && view.exit === undefined;
    return isComing ? `${demo.title} starts …` : `runs in ${demo.title}`;
  }
  if (run.state === 'running') return 'runs …';
  const took = toDuration(run.ms ?? 0);
  return (run.exitCode ?? 0) === 0 ? `done in ${took}` : `ended with ${run.exitCode} after ${took}`;
}

/** What comes between a terminal's words: colours and moves (CSI), titles and marks (OSC), and single controls but for ends of lines. */
const ESC = '\\u001b';
const CONTROL = new RegExp(
  [
    `${ESC}\\[[0-?]*[ -/]*[@-~]`,
    `${ESC}\\][^\\u0007\\u001b]*(?:\\u0007|${ESC}\\\\)`,
    `${ESC}[@-Z\\\\-_]`,
    '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f]',
  ].join('|'),
  'g',
);

/** As words on paper: a line that is written over, as progress bars are, keeps its last words. */
function plain(text: string): string {
  const lines = text.replace(/\r+\n/g, '\n').replace(CONTROL, '').split('\n');
  return lines
    .map((line) => line.split('\r').findLast((part) => part !== '') ?? '')
    .join('\n')
    .trimEnd();
}
