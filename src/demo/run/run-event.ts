/**
 * A run as a list of timed events. Live runs, replays, the PDF and the static site all read this one list.
 * Pure: no clock, no engine, no DOM.
 */

/**
 * Raised when a reader of an older version would misread an event. Readers accept every version up to theirs: each raise adds a step to
 * recording/upgrade-event.ts.
 */
export const RUN_EVENT_VERSION = 1;

export type Phase =
  | 'queued'
  | 'pulling'
  | 'building'
  | 'starting'
  | 'ready'
  | 'stopping'
  | 'stopped'
  | 'failed'
  | 'cancelled';

export type StepState = 'running' | 'cached' | 'done' | 'failed';

/** Namespaces, limits and pids of one container's first process. */
export interface ProcessFacts {
  service: string;
  /** As the container sees it: 1. */
  pidInside: number;
  /** As the engine's host sees it. */
  pidOnHost: number;
  command: string;
  /** Whether this machine's /proc shows that process: then `host` below is this machine. */
  hostVisible: boolean;
  /** What is in between when it does not. */
  between?: 'vm' | 'machine';
  /** How many processes each side sees. */
  visible?: { inside: number; host: number };
  /** The kernel's number of each namespace; empty where it can't be told. The same number twice is one namespace. */
  namespaces: { name: string; inside: string; host: string }[];
  limits: { memoryBytes: number; cpus: number; pids: number };
  kernel: { inside: string; host: string };
}

export type ReplicaState = 'starting' | 'ready' | 'ended';

/** One of several containers made from one image. Number 1 is the one that the run itself started. */
export interface ReplicaFacts {
  service: string;
  number: number;
  state: ReplicaState;
  /** The container's name on the engine. */
  name: string;
  /** As its own process calls the machine that it believes to be on. */
  hostname: string;
  /** 0 until it runs. */
  pidOnHost: number;
  /** Where its app is reached, if it publishes one. */
  url?: string;
  /** What it has written on top of the image, in bytes. */
  ownBytes?: number;
}

export type ServiceState =
  | 'waiting'
  | 'starting'
  | 'running'
  | 'healthy'
  | 'unhealthy'
  | 'restarting'
  | 'stopped'
  | 'killed'
  | 'ended';

/** One container of a project of several services, as the map draws it. */
export interface ServiceFacts {
  service: string;
  /** 1, but for further containers of the same service. */
  number: number;
  state: ServiceState;
  /** Of its last end. */
  exitCode?: number;
  /** How often it was started again. */
  restarts: number;
  memoryBytes?: number;
  /** In processors: 0.5 is half of one. */
  cpus?: number;
  /** Names of its networks; empty for one that is on none. */
  networks: string[];
  /** Services that it waits for. */
  needs: string[];
  /** Container ports that it publishes. */
  ports: number[];
}

export type RunEventBody =
  | { type: 'phase'; phase: Phase }
  /** A Dockerfile as it was when the run began: what the dockerfile view draws. */
  | { type: 'source'; service: string; file: string; text: string }
  /** What the slowest build of this demo so far took: the rest is what the cache saves. */
  | { type: 'earlier'; buildMs: number }
  /** This run stood by, ready, for so long before it was asked for. */
  | { type: 'spare'; waitedMs: number }
  /** One Dockerfile instruction. `step` counts from 1; `line` is its line in the file, when it could be told. */
  | {
      type: 'step';
      service: string;
      step: number;
      of: number;
      line?: number;
      name: string;
      state: StepState;
      /** How long it took, in ms; set with `done`, `cached` and `failed`. */
      ms?: number;
    }
  /** Bytes of one thing being pulled. `total` is absent until the registry said it. */
  | { type: 'progress'; service: string; item: string; done: number; total?: number }
  | { type: 'layer'; service: string; step: number; bytes: number }
  /** Text as the build (with `step`) or the service (without) printed it. Never cut inside a character. */
  | {
      type: 'output';
      service: string;
      step?: number;
      /** Of a container that was started beside the run's own: 2, 3, … */
      number?: number;
      /** One of several services' output: each of its lines is named. */
      isNamed?: true;
      /** What is in the line where it begins: its own text, or another container's. */
      after?: 'own' | 'other';
      /** Only while the run goes on: a secret may be found in one of the two outputs only. Not in recordings. */
      isStderr?: true;
      text: string;
    }
  /** Something takes questions, and it is not the app that answers yet: with this status, or not for so long. */
  | { type: 'unready'; service: string; status?: number; ms?: number }
  /** `url` is of this machine; `frame` is where the deck's frames find it. */
  | { type: 'app'; service: string; url: string; frame?: string; reachable: boolean; name?: string }
  | { type: 'process'; facts: ProcessFacts }
  /** Sent again whenever something of it changes. */
  | { type: 'replica'; facts: ReplicaFacts }
  /** Sent again whenever something of it changes. */
  | { type: 'service'; facts: ServiceFacts }
  /** What a shell's terminal shows; with its size when it opens or gets another one. */
  | {
      type: 'shell';
      service: string;
      text: string;
      columns?: number;
      rows?: number;
      /** Nothing more comes: it ended, or its container did. */
      isOver?: true;
    }
  /** One of the demo's commands in a shell. `exitCode` and `ms` with `done`. */
  | {
      type: 'command';
      service: string;
      name: string;
      state: 'typing' | 'typed' | 'running' | 'done';
      exitCode?: number;
      ms?: number;
    }
  /** A file that can be edited on the slide, as it is when the run begins. */
  | { type: 'file'; file: string; text: string }
  /** One change of its text, and whether it was saved with that. */
  | { type: 'edit'; file: string; from: number; remove: number; insert: string; isSaved?: true }
  /** The app answers after a change: its page is to be loaded anew. */
  | { type: 'reload' }
  | { type: 'answer'; question: string; status: number; reply: string }
  /** A picture of the app, as a file beside the recording. */
  | { type: 'snapshot'; file: string; width: number; height: number }
  | { type: 'error'; code: string; message: string; hint: string; service?: string; line?: number }
  /** Always the last. 0 is fine. */
  | { type: 'exit'; status: number };

/** `at` is ms since the run began, whole numbers, never running backwards. */
export type RunEvent = { at: number } & RunEventBody;

/** Where a panel gets its events from: a live run or a recording. `from` is the index of the first event wanted. */
export interface RunSource {
  events(from: number, signal: AbortSignal): AsyncIterable<RunEvent>;
}

/** Phases after which nothing more is running. */
export function isOver(phase: Phase): boolean {
  return phase === 'stopped' || phase === 'failed' || phase === 'cancelled';
}
