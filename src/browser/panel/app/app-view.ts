import { html, type TemplateResult } from 'lit';
import type { DemoSummary } from '../../../demo/demo-summary.ts';
import type { RunView } from '../../../demo/run/run-view.ts';
import type { PanelSession } from '../session/panel-session.ts';
import './app-frame.ts';
import { recordingUrl } from '../session/load-recording.ts';
import { toDuration } from '../views/to-duration.ts';

/** An app itself while it runs; in a recording the picture of the one that has no name. */
export function appView(
  { view, origin, demo, runTime }: PanelSession,
  isActive: boolean,
  name = '',
): TemplateResult {
  if (origin === 'recorded' && name !== '')
    return html`<p class="panel-empty">Of ${name} there is no picture in this recording.</p>`;
  if (origin === 'recorded' && view.snapshot !== undefined) {
    const src = recordingUrl(demo, view.snapshot.file);
    return html`<img
      class="app-picture"
      src=${src}
      alt="The app's page, as it was when this was recorded"
    />`;
  }
  const app = name === '' ? view.app : view.apps.get(name);
  if (origin === 'live' && app?.reachable === true && view.phase === 'ready') {
    const { frame } = app;
    if (frame === undefined || !isReachable()) return elsewhere(demo);
    return html`<app-frame .address=${frame} .reloads=${view.reloads} .isActive=${isActive}></app-frame>`;
  }
  return html`<p class="panel-empty">${waitingWords(view, runTime)}</p>`;
}

/** Ms after which a start is slow to those who wait for it. */
const SLOW_MS = 5000;

function waitingWords({ phase, reached }: RunView, runTime: number): string {
  if (phase === 'idle') return 'Not started yet.';
  if (phase === 'failed' || phase === 'stopped' || phase === 'cancelled') return 'The app does not run.';
  const waited = phase === 'starting' ? runTime - (reached?.at ?? runTime) : 0;
  return waited < SLOW_MS
    ? 'The app shows here when it answers.'
    : `The app has started and is slow to answer: ${toDuration(waited)} so far.`;
}

/** Apps are published on the speaker's machine only: phones and the audience's devices don't get there. */
function isReachable(): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
}

function elsewhere(demo: DemoSummary): TemplateResult {
  if (demo.recording === undefined) return html`<p class="panel-empty">It runs on the speaker’s laptop.</p>`;
  return html`<figure class="app-elsewhere">
    <img class="app-picture" src=${recordingUrl(demo, 'app.png')} alt="The app's page in an earlier run" />
    <figcaption>It runs on the speaker’s laptop; this is its page in an earlier run.</figcaption>
  </figure>`;
}
