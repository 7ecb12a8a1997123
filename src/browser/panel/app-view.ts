import { html, nothing, type TemplateResult } from 'lit';
import type { PanelSession } from './panel-session.ts';
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
    return html`<iframe
      class="app-frame"
      src=${view.app.url}
      title="The app, running"
      sandbox="allow-scripts allow-forms allow-same-origin"
      referrerpolicy="no-referrer"
      tabindex=${isActive ? nothing : '-1'}
      @mouseleave=${giveKeysBack}
    ></iframe>`;
  }
  return html`<p class="panel-empty">
    ${view.phase === 'idle' ? 'Not started yet.' : 'The app shows here when it answers.'}
  </p>`;
}

/** A click into the app takes the clicker's keys with it: leaving it with the pointer brings them back. */
function giveKeysBack(event: Event): void {
  if (event.target instanceof HTMLElement) event.target.blur();
}
