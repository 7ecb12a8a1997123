import './panel.css';
import type { PanelContext } from '../panels.ts';
import { ApiError } from '../stage/api.ts';
import { DemoSession } from './demo-session.ts';
import type { ReplayAction } from './replay-actions.ts';
import { DemoPanel } from './demo-panel.ts';

export type DemoAction = 'run' | 'stop' | 'reset' | 'replica' | ReplayAction;

/** Owns this page's panels: one session a demo, however many slides show it. */
export interface PanelHost {
  open(div: HTMLElement): void;
  act(div: HTMLElement, action: DemoAction): void;
}

export function createPanelHost(context: PanelContext): PanelHost {
  const sessions = new Map<string, DemoSession>();
  const sessionOf = (name: string) => {
    const known = sessions.get(name) ?? new DemoSession(name, context);
    sessions.set(name, known);
    return known;
  };
  const act = (name: string, action: DemoAction) => {
    sessionOf(name)
      .act(action)
      .catch((error: unknown) => report(context, error));
  };
  return {
    open: (div) => {
      if (div.querySelector('demo-panel') !== null) return;
      const name = div.dataset['name'] ?? '';
      const panel = new DemoPanel();
      panel.session = sessionOf(name);
      panel.views = (div.dataset['views'] ?? '').split(' ').filter((view) => view !== '');
      panel.scaleOf = () => context.deck.getScale();
      panel.isActive = context.mirror !== 'next';
      panel.onAction = (action) => act(name, action);
      div.replaceChildren(panel, ...div.querySelectorAll('.demo-step'));
      context.deck.on('resize', () => panel.relayout());
      context.deck.on('slidechanged', () => panel.relayout());
    },
    act: (div, action) => act(div.dataset['name'] ?? '', action),
  };
}

function report({ messages }: PanelContext, error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
  messages.show('demo', error.problem.detail, error.problem.hint);
}
