import { html, type TemplateResult } from 'lit';
import type { DemoSummary } from '../../demo/demo-summary.ts';
import type { PanelSession } from './panel-session.ts';
import './app-frame.ts';
import { recordingUrl } from './load-recording.ts';

/** The app itself while it runs, its picture in a recording. */
export function appView({ view, origin, demo }: PanelSession, isActive: boolean): TemplateResult {
  if (origin === 'recorded' && view.snapshot !== undefined) {
    const src = recordingUrl(demo, view.snapshot.file);
    return html`<img
      class="app-picture"
      src=${src}
      alt="The app's page, as it was when this was recorded"
    />`;
  }
  if (origin === 'live' && view.app?.reachable === true && view.phase === 'ready') {
    const { frame } = view.app;
    if (frame === undefined || !isReachable()) return elsewhere(demo);
    return html`<app-frame .address=${frame} .isActive=${isActive}></app-frame>`;
  }
  return html`<p class="panel-empty">
    ${view.phase === 'idle' ? 'Not started yet.' : 'The app shows here when it answers.'}
  </p>`;
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
