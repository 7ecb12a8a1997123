import './panel.css';
import { emptyRunView, toRunView } from '../../demo/run-view.ts';
import type { DemoSummary } from '../../demo/demo-summary.ts';
import { DemoPanel } from './demo-panel.ts';
import { loadRecording, recordingUrl } from './load-recording.ts';
import type { PanelSession } from './panel-session.ts';

/** Puts the last frame of each demo's recording on paper; a demo without one keeps the text that its author wrote. */
export async function printPanels(demos: readonly DemoSummary[]): Promise<void> {
  for (const div of document.querySelectorAll<HTMLElement>('.demo')) {
    const demo = demos.find((one) => one.name === div.dataset['name']);
    const session = demo === undefined ? undefined : await lastFrame(demo);
    if (session === undefined) continue;
    const panel = new DemoPanel();
    panel.session = session;
    panel.views = (div.dataset['views'] ?? '').split(' ');
    panel.scaleOf = () => 1;
    panel.isActive = false;
    panel.onAction = () => {};
    div.replaceChildren(panel);
    await panel.isDrawn();
  }
}

async function lastFrame(demo: DemoSummary): Promise<PanelSession | undefined> {
  const recording = await loadRecording(recordingUrl(demo, 'run.cast'));
  if ('unreadable' in recording) return undefined;
  const view = toRunView(beforeTheEnd(recording.events));
  return {
    demo,
    view: view.phase === 'idle' ? emptyRunView() : view,
    origin: 'recorded',
    runTime: view.at,
    playing: undefined,
    problem: undefined,
    chosenView: undefined,
    listen: () => {},
    touched: {},
    showView: async () => {},
    scrollTo: () => {},
    type: () => {},
    seek: async () => {},
    ask: async () => {},
  };
}

/** What the audience saw: the app answering, not the speaker stopping it afterwards. */
function beforeTheEnd<E extends { type: string; phase?: string }>(events: readonly E[]): readonly E[] {
  const stopping = events.findIndex((event) => event.type === 'phase' && event.phase === 'stopping');
  return stopping === -1 ? events : events.slice(0, stopping);
}
