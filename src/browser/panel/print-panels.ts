import './panel.css';
import { toRunView } from '../../demo/run/fold-run-event.ts';
import { emptyRunView, type RunView } from '../../demo/run/run-view.ts';
import type { DemoSummary } from '../../demo/demo-summary.ts';
import type { Problems } from '../print/problems.ts';
import type { PrintSlide } from '../print/slides.ts';
import { castAttributes, castSummary, paperView, type CastAttributes } from './session/cast-session.ts';
import { DemoPanel } from './demo-panel.ts';
import { loadRecording, NEVER_RECORDED, recordingUrl } from './session/load-recording.ts';
import { layoutOf, viewsOf } from './panel-host.ts';
import { sessionKey } from './session/session-key.ts';
import type { PanelSession } from './session/panel-session.ts';

/**
 * Puts the last frame of each recording on paper; a demo without one keeps the text that its author wrote. What can't be
 * played keeps that text as well, and is told.
 */
export async function printPanels(
  slides: readonly PrintSlide[],
  demos: readonly DemoSummary[],
  problems: Problems,
): Promise<void> {
  // Most panels have a terminal: loaded beside the recordings. One that can't be loaded is told where it is wanted.
  void import('./terminal/create-terminal.ts').catch(() => undefined);
  const recordings = new Map<string, Promise<PanelSession | undefined>>();
  const sessionOf = (div: HTMLElement) => {
    const key = sessionKey(div);
    const known = recordings.get(key) ?? onPaper(div, demos);
    recordings.set(key, known);
    return known;
  };
  const drawing = slides.flatMap((slide) =>
    [...slide.section.querySelectorAll<HTMLElement>('.demo, .cast')].map((div) =>
      sessionOf(div)
        .then((session) => (session === undefined ? undefined : draw(div, session)))
        .catch((error: unknown) => problems.threw(slide, error)),
    ),
  );
  await Promise.all(drawing);
}

async function onPaper(div: HTMLElement, demos: readonly DemoSummary[]): Promise<PanelSession | undefined> {
  if (div.classList.contains('cast')) return castOnPaper(castAttributes(div));
  const demo = demos.find((one) => one.name === div.dataset['name']);
  return demo === undefined ? undefined : demoOnPaper(demo);
}

async function draw(div: HTMLElement, session: PanelSession): Promise<void> {
  const fallback = [...div.childNodes];
  const panel = new DemoPanel();
  panel.session = session;
  panel.views = viewsOf(div);
  panel.layout = layoutOf(div);
  panel.highlight = div.dataset['highlight'] ?? '';
  panel.scaleOf = () => 1;
  panel.usedBy = 'preview';
  panel.onAction = () => {};
  panel.onLayout = () => () => {};
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

async function demoOnPaper(demo: DemoSummary): Promise<PanelSession | undefined> {
  const recording = await loadRecording(recordingUrl(demo, 'run.cast'));
  if ('unreadable' in recording) {
    // Never recorded is no mistake: then the author's own words stand there.
    if (recording.unreadable === NEVER_RECORDED) return undefined;
    throw new Error(`the recording of ${demo.name} can't be played: ${recording.unreadable}`);
  }
  const view = toRunView(beforeTheEnd(recording.events));
  return toStill(demo, view.phase === 'idle' ? emptyRunView() : view);
}

async function castOnPaper(attributes: CastAttributes): Promise<PanelSession> {
  const recording = await loadRecording(attributes.url, 'there is no such file');
  if ('unreadable' in recording)
    throw new Error(`${attributes.file} can't be played: ${recording.unreadable}`);
  const { cols, rows } = recording;
  const summary = castSummary(recording, attributes.file);
  return { ...toStill(summary, paperView(recording, attributes)), terminalSize: { cols, rows } };
}

function toStill(demo: DemoSummary, view: RunView): PanelSession {
  return {
    demo,
    view,
    origin: 'recorded',
    isBlank: false,
    terminalSize: undefined,
    runTime: view.at,
    playing: undefined,
    problem: undefined,
    chosenView: undefined,
    listen: () => () => {},
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
