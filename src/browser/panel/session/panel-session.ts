import type { DemoSummary } from '../../../demo/demo-summary.ts';
import type { Progress } from '../../../demo/run/progress.ts';
import type { RunView } from '../../../demo/run/run-view.ts';
import type { Timeline } from '../../../demo/recording/timeline.ts';
import type { PanelState } from '../../../stage/panel-state.ts';
import type { ReplayState } from '../../../stage/replay-state.ts';

/** Where what the panel shows comes from. */
export type Origin = 'none' | 'live' | 'recorded';

/** A recording that plays on all screens, as it is this moment. Times are ms on its time line. */
export interface PlayingRecording {
  timeline: Timeline;
  state: ReplayState;
  position: number;
  /** The questions that it answers, and where. */
  answers: readonly { at: number; question: string }[];
  /** What of it could not be read. */
  note: string | undefined;
}

/** In letters. */
export interface TerminalSize {
  cols: number;
  rows: number;
}

/** What the safety net has to say of a live run. */
export interface SafetyState {
  /** The run beside the last good one. */
  progress: Progress | undefined;
  /** The recording goes on where a live run was left. */
  isContinued: boolean;
  /** The run is in trouble, and no speaker view asks what to do: the panel itself offers the recording. */
  isOffered: boolean;
}

/** Hands on a run that is live. What can't be done shows on the panel. */
export interface Hands {
  /** Opens a service's shell, or gives it another size. */
  openShell(service: string, size: { columns: number; rows: number }): Promise<void>;
  /** Sends keys to it. False when they were refused. */
  typeIntoShell(service: string, text: string, take: boolean): Promise<boolean>;
  /** Changes a file for all screens; saved, the demo follows. */
  changeFile(file: string, text: string, isSaved: boolean): Promise<void>;
  /** Puts the edited files into the author's own folder. */
  keepEdits(): Promise<void>;
}

/** What happened and what to do about it, for people. */
export interface Notice {
  message: string;
  hint: string;
}

/** What a panel draws. It can't tell whether that is a run, a replay, or the last frame of one on paper. */
export interface PanelSession {
  readonly demo: DemoSummary;
  readonly view: RunView;
  readonly origin: Origin;
  /** What the run's own clock shows now, in ms. */
  readonly runTime: number;
  /** Only where runs are live. */
  readonly safety?: SafetyState;
  /** The recording, when one plays. */
  readonly playing: PlayingRecording | undefined;
  /** Why the recording can't be played. */
  readonly problem: string | undefined;
  /** Why what was just asked for is not done, for a while. */
  readonly notice?: Notice | undefined;
  /** Deckhand does not answer: what was live is not known to be so any more. */
  readonly isLost?: boolean;
  /** A speaker view or a phone shows what only the speaker needs. */
  readonly hasSpeaker?: boolean;
  readonly chosenView: string | undefined;
  /** What a hand did to the panel, on whatever screen. */
  readonly touched: Pick<PanelState, 'scroll' | 'typed'>;
  /** True while there is nothing to show but what a key would do. */
  readonly isBlank: boolean;
  /** The terminal that the output was made for, where that matters; else the terminal is as large as its place. */
  readonly terminalSize: TerminalSize | undefined;
  /** Calls back whenever there is something new to draw. */
  listen(listener: () => void): () => void;
  showView(view: string): Promise<void>;
  /** Scrolls a view on every screen; null lets it follow what is new. */
  scrollTo(view: string, to: number | null): void;
  /** Shows on every screen what is being typed. */
  type(text: string): void;
  /** Goes to a place of the recording, in ms on its time line. */
  seek(to: number): Promise<void>;
  /** What hands can do to a run; absent where there is none. */
  readonly hands?: Hands;
  /** Puts a question to the demo; the answer comes as an event, on every screen. Throws an `ApiError` when it can't be asked. */
  ask(question: string): Promise<void>;
}
