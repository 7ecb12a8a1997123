import type { Deck, Diagnostic } from '../deck/deck.ts';
import type { DemoSummary } from '../demo/demo-summary.ts';
import type { Runs } from './runs/runs.ts';
import type { SafetyNet } from './runs/safety-net.ts';
import type { OpenFile, OpenRecording } from './routes/deck-files.ts';
import type { Access } from './access/access.ts';
import type { LanState } from '../stage/lan-state.ts';
import type { TalkPlan } from '../stage/talk-plan.ts';
import type { Preflight } from './preflight.ts';
import type { TalkTimes } from './talk-times.ts';
import type { Stage } from './stage.ts';
import type { StageMessage } from '../stage/stage-message.ts';

/** The deck that is up: the last save that compiled without an error. */
export interface DeckHost {
  readonly deck: Deck;
  /** Grows with every deck that is put up. */
  readonly version: number;
  /** Of the newest save, which may not be the one that is up. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What the speaker sees of the second listener, and may do about it. */
export interface LanControl {
  readonly state: LanState;
  /** Throws an `ApiProblem` when there is no such phone. */
  takeBack(device: string): void;
}

/** What the routes need; `talk/open-server.ts` puts it together. */
export interface ServerContext {
  /** Who may reach any of it. */
  access: Access;
  /** Our own pages carry it; every change wants it. */
  token: string;
  version: string;
  /** Names this process: pages of a former one reload. */
  instance: string;
  stage: Stage;
  runs: Runs;
  safetyNet: SafetyNet;
  deck: DeckHost;
  /** How long the talk has been on each slide. */
  times: TalkTimes;
  /** How long each slide of the deck that is up should take. */
  plan(): TalkPlan;
  /** What was looked at before the talk. */
  preflight: Preflight;
  demos(): DemoSummary[];
  /** What a screen that just came must know of the newest save. */
  newestSave(): StageMessage;
  /** Opens `run.cast` or `app.png` of a demo's recording; undefined when there is none in its folder. */
  openRecording: OpenRecording;
  /** Makes the newest run's recording the demo's own; false when there is none. Throws a `UserError` when it can't be written. */
  keepRecording(demo: string): Promise<boolean>;
  pages: {
    /** `isAskedFor` as in PageData. */
    deck(isAskedFor: boolean): string;
    print(): string;
    speaker(): string;
  };
  /** Where the deck's frames find apps, when any run here. */
  previewPort?: number | undefined;
  /** The bundled pages' scripts and styles. */
  browserFolder: string;
  /** Opens the deck in its author's editor. Throws a `UserError` when there is none that could. */
  openEditor(line: number): Promise<void>;
  /** Opens what the deck names. */
  openFile: OpenFile;
  /** Opens what its slides show, without their notes. */
  openShownFile: OpenFile;
  /** The second listener, for phones and the audience, when there is one. */
  lan?: LanControl;
  /** Prints a stack for what should not happen. */
  reportBug(error: unknown): void;
}
