import type { CommandRun } from './command-run.ts';
import type { FileView } from './file-view.ts';
import type { Phase, ProcessFacts, ReplicaFacts, ServiceFacts, StepState } from './run-event.ts';
import type { ShellView } from './shell-view.ts';
import type { Transcript } from './transcript.ts';

/** One instruction of one Dockerfile, as far as the run has come. */
export interface StepView {
  service: string;
  step: number;
  of: number;
  name: string;
  state: StepState;
  line?: number;
  /** Of the run's clock, in ms. */
  startedAt: number;
  ms?: number;
  layerBytes?: number;
}

export interface SourceView {
  service: string;
  file: string;
  text: string;
}

export interface ReplicaView extends ReplicaFacts {
  /** Of the run's clock, in ms: when it answered, or was first heard of. */
  since: number;
}

/** What a panel draws: the fold of a run's events. */
/** Where an app answers. */
export interface AppPlace {
  url: string;
  /** Where the deck's frames find it. */
  frame?: string;
  reachable: boolean;
}

export interface RunView extends Transcript {
  phase: Phase | 'idle';
  /** Time of the newest event, in ms since the run began. */
  at: number;
  /** When `ready` came, in ms since the run began. */
  readyAt?: number;
  /** The newest phase on the way to `ready`, kept when the run fails or ends. `at` is when it came. */
  reached?: { phase: Phase; at: number };
  sources: SourceView[];
  steps: StepView[];
  /** What the slowest build before this run took, in ms. */
  earlierBuildMs?: number;
  /** It stood by, ready, for so long before it was asked for. */
  spareMs?: number;
  /** Bytes by item being pulled. */
  pulls: Map<string, { done: number; total?: number }>;
  app?: AppPlace;
  /** Apps beside it, by name. */
  apps: Map<string, AppPlace>;
  /** Why what takes questions is not yet the app; `since` is of the run's clock, in ms. */
  unready?: { service: string; status?: number; since: number };
  snapshot?: { file: string; width: number; height: number };
  processes: ProcessFacts[];
  /** Containers made from one image, in the order of their numbers. */
  replicas: ReplicaView[];
  /** In the order in which they were heard of first. */
  services: ServiceFacts[];
  /** Files that can be edited, by name. */
  files: Map<string, FileView>;
  /** How often the app's page is to be loaded anew. */
  reloads: number;
  /** By service. */
  shells: Map<string, ShellView>;
  /** Commands as they were run last, by name; code blocks of the deck as `code:1a2b3c4d`. */
  commandRuns: ReadonlyMap<string, CommandRun>;
  answers: { question: string; status: number; reply: string }[];
  error?: { code: string; message: string; hint: string; line?: number };
  exit?: number;
}

export function emptyRunView(): RunView {
  return {
    phase: 'idle',
    at: 0,
    sources: [],
    steps: [],
    pulls: new Map(),
    transcript: [],
    transcriptDropped: 0,
    transcriptSize: 0,
    processes: [],
    replicas: [],
    services: [],
    apps: new Map(),
    files: new Map(),
    reloads: 0,
    shells: new Map(),
    commandRuns: new Map(),
    answers: [],
  };
}
