import type { DemoSummary } from '../../demo/demo-summary.ts';
import type { RunView } from '../../demo/run-view.ts';

/** Where what the panel shows comes from. */
export type Origin = 'none' | 'live' | 'recorded';

/** What a panel draws. It can't tell whether that is a run, a replay, or the last frame of one on paper. */
export interface PanelSession {
  readonly demo: DemoSummary;
  readonly view: RunView;
  readonly origin: Origin;
  /** When the newest event came, by this screen's clock, in ms. */
  readonly heardAt: number;
  /** Why the recording can't be played. */
  readonly problem: string | undefined;
  readonly chosenView: string | undefined;
  /** Calls back whenever there is something new to draw. */
  listen(listener: () => void): void;
  showView(view: string): Promise<void>;
  /** Puts a question to the demo; the answer comes as an event, on every screen. Throws an `ApiError` when it can't be asked. */
  ask(question: string): Promise<void>;
}
