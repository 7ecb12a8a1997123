import './panel.css';
import { emptyRunView, toRunView } from '../../demo/run-view.ts';
import type { DemoSummary } from '../../demo/demo-summary.ts';
import type { Problems } from '../print/problems.ts';
import type { PrintSlide } from '../print/slides.ts';
import { DemoPanel } from './demo-panel.ts';
import { loadRecording, NEVER_RECORDED, recordingUrl } from './load-recording.ts';
import type { PanelSession } from './panel-session.ts';

/** Puts the last frame of each demo's recording on paper; a demo without one keeps the text that its author wrote. */
export async function printPanels(
  slides: readonly PrintSlide[],
  demos: readonly DemoSummary[],
  problems: Problems,
): Promise<void> {
  const recordings = new Map<string, Promise<PanelSession | undefined>>();
  const sessionOf = (name: string) => {
    const demo = demos.find((one) => one.name === name);
    const known = recordings.get(name) ?? (demo === undefined ? Promise.resolve(undefined) : lastFrame(demo));
    recordings.set(name, known);
    return known;
  };
  const drawing = slides.flatMap((slide) =>
    [...slide.section.querySelectorAll<HTMLElement>('.demo')].map((div) =>
      sessionOf(div.dataset['name'] ?? '')
        .then((session) => (session === undefined ? undefined : draw(div, session)))
        .catch((error: unknown) => problems.threw(slide, error)),
    ),
  );
  await Promise.all(drawing);
}

async function draw(div: HTMLElement, session: PanelSession): Promise<void> {
  const fallback = [...div.childNodes];
  const panel = new DemoPanel();
  panel.session = session;
  panel.views = (div.dataset['views'] ?? '').split(' ');
  panel.scaleOf = () => 1;
  panel.isActive = false;
  panel.onAction = () => {};
  div.replaceChildren(panel);
  try {
    await panel.isDrawn();
    // A copy for each step must be as it is now, and nothing may draw it again.
    const still = document.createElement('div');
    still.className = 'still-panel';
    still.append(...panel.childNodes);
    panel.replaceWith(still);
  } catch (error) {
    div.replaceChildren(...fallback);
    throw error;
  }
}

async function lastFrame(demo: DemoSummary): Promise<PanelSession | undefined> {
  const recording = await loadRecording(recordingUrl(demo, 'run.cast'));
  if ('unreadable' in recording) {
    // Never recorded is no mistake: then the author's own words stand there.
    if (recording.unreadable === NEVER_RECORDED) return undefined;
    throw new Error(`the recording of ${demo.name} can't be played: ${recording.unreadable}`);
  }
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
