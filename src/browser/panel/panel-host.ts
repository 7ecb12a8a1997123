import type { DemoAction } from './session/demo-action.ts';
import './panel.css';
import { parseServiceAction } from '../../demo/view.ts';
import type { PanelContext } from './session/panel-context.ts';
import { ApiError } from '../stage/api.ts';
import { holdNext, typeByKeys } from './typed-commands.ts';
import type { UnreadableRecording } from '../../demo/recording/recording.ts';
import { CastSession, castAttributes } from './session/cast-session.ts';
import { loadRecording } from './session/load-recording.ts';
import { DemoSession } from './session/demo-session.ts';
import { fitSlide } from './fit-slide.ts';
import { DemoPanel } from './demo-panel.ts';
import type { PanelLayout } from './views/panel-layout.ts';
import { sessionKey } from './session/session-key.ts';

/** Owns this page's panels: one session a demo, however many slides show it. */
export interface PanelHost {
  open(div: HTMLElement): void;
  act(div: HTMLElement, action: DemoAction): void;
  /** Does what one of the deck's `steps` names: an action, or a view to open. */
  step(div: HTMLElement, step: string): void;
}

const STEP_ACTIONS = new Map<string, DemoAction>([
  ['build', 'run'],
  ['start', 'run'],
  ['play', 'replay'],
  ['next', 'next-marker'],
  ['result', 'result'],
  ['stop', 'stop'],
  ['reset', 'reset'],
  ['run', 'run-command'],
  ['run!', 'run-command'],
]);

const LAYOUT_EVENTS = ['resize', 'slidechanged'];

type Session = DemoSession | CastSession;

export function createPanelHost(context: PanelContext): PanelHost {
  const sessions = new Map<string, Promise<Session | UnreadableRecording>>();
  /** Those of demos, once they are there. */
  const open = new Map<string, DemoSession>();
  const sessionOf = (div: HTMLElement) => {
    const key = sessionKey(div);
    const known = sessions.get(key) ?? openSession(div, context);
    sessions.set(key, known);
    // Tried again when its slide comes near again: the network may be back, or the author has put the file there.
    void known.then((session) => {
      if ('unreadable' in session) sessions.delete(key);
      else if (session instanceof DemoSession) open.set(key, session);
    });
    return known;
  };
  const act = async (div: HTMLElement, action: DemoAction) => {
    const session = await sessionOf(div);
    if (!('unreadable' in session)) await session.act(action);
  };
  const showView = async (div: HTMLElement, view: string) => {
    const session = await sessionOf(div);
    if (!('unreadable' in session)) await session.showView(view).catch(ignoreLost);
  };
  const playOrShow = async (div: HTMLElement, step: string) => {
    const session = await sessionOf(div);
    if ('unreadable' in session) return;
    const isEdit = session.demo.edits?.includes(step.slice('edit:'.length)) === true;
    if (isEdit) await session.act(step as DemoAction);
    else await session.showView(step).catch(ignoreLost);
  };
  if (context.role === 'speaker') {
    const openSessionOf = (div: HTMLElement) => open.get(sessionKey(div));
    holdNext(context.deck, openSessionOf);
    typeByKeys(context.deck, openSessionOf, (div) => void act(div, 'type-key'));
  }
  return {
    open: (div) => {
      void sessionOf(div).then((session) => fill(div, session, context, act));
      closeUnused(sessions);
    },
    act: (div, action) => void act(div, action),
    step: (div, step) => {
      const action = STEP_ACTIONS.get(step) ?? (isAction(step) ? step : undefined);
      // A prepared edit, or the view of a file: the demo knows which.
      if (step.startsWith('edit:')) void playOrShow(div, step);
      else if (action === undefined) void showView(div, step);
      else void act(div, action);
    },
  };
}

async function openSession(div: HTMLElement, context: PanelContext): Promise<Session | UnreadableRecording> {
  if (!div.classList.contains('cast')) return new DemoSession(div.dataset['name'] ?? '', context);
  const attributes = castAttributes(div);
  const recording = await loadRecording(attributes.url, 'there is no such file');
  return 'unreadable' in recording ? recording : new CastSession(recording, attributes, context);
}

function fill(
  div: HTMLElement,
  session: Session | UnreadableRecording,
  context: PanelContext,
  act: (div: HTMLElement, action: DemoAction) => Promise<void>,
): void {
  if (div.querySelector('demo-panel') !== null) return;
  div.querySelector('.cast-problem')?.remove();
  if ('unreadable' in session) {
    div.append(castProblem(div, session));
    return;
  }
  const panel = new DemoPanel();
  panel.session = session;
  panel.views = viewsOf(div);
  panel.layout = layoutOf(div);
  panel.highlight = div.dataset['highlight'] ?? '';
  panel.scaleOf = () => context.deck.getScale();
  panel.usedBy = context.role;
  panel.onAction = (action) => void act(div, action);
  panel.onLayout = (relayout) => {
    const onEvent = () => {
      fitSlide(div);
      relayout();
    };
    for (const event of LAYOUT_EVENTS) context.deck.on(event, onEvent);
    return () => {
      for (const event of LAYOUT_EVENTS) context.deck.off(event, onEvent);
    };
  };
  div.replaceChildren(panel, ...div.querySelectorAll('.demo-step'));
  fitSlide(div);
  panel.relayout();
}

/** Recordings whose settings a save has changed, or that it has taken away. A demo's session may have a run to follow. */
function closeUnused(sessions: Map<string, Promise<Session | UnreadableRecording>>): void {
  const used = new Set([...document.querySelectorAll('.demo, .cast')].map(sessionKey));
  for (const [key, opening] of sessions) {
    if (used.has(key)) continue;
    void opening.then((session) => {
      if (!(session instanceof CastSession) || !sessions.delete(key)) return;
      session.close();
    });
  }
}

/** What the author wrote for this case stays, with the reason below it. */
function castProblem({ dataset }: HTMLElement, { unreadable }: UnreadableRecording): HTMLElement {
  const line = document.createElement('p');
  line.className = 'cast-problem';
  line.textContent = `${dataset['src'] ?? ''} can't be played: ${unreadable}.`;
  return line;
}

/** The views that a panel's div asks for; a recording of a terminal has one. */
export function viewsOf({ classList, dataset }: HTMLElement): string[] {
  if (classList.contains('cast')) return ['terminal'];
  return (dataset['views'] ?? '').split(' ').filter((view) => view !== '');
}

/** How they stand beside and above each other; undefined when all but one are behind tabs. */
export function layoutOf({ dataset }: HTMLElement): PanelLayout | undefined {
  return dataset['layout'] === undefined ? undefined : (JSON.parse(dataset['layout']) as PanelLayout);
}

/** `kill:db`, `type:health`: what is done is in the step's name. */
function isAction(step: string): step is `kill:${string}` | `type:${string}` | `code:${string}` {
  return step.startsWith('type:') || step.startsWith('code:') || parseServiceAction(step) !== undefined;
}

/** The banner says that Deckhand does not answer. */
function ignoreLost(error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
}
