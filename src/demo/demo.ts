/** What a demo is: a Compose file in our subset, with every default filled in. Born in `compose.ts`. */

import type { Service } from './service.ts';
import type { View } from './view.ts';

export interface Demo {
  /** The Compose project's name, which is the demo's folder's name as well. */
  name: string;
  title: string;
  views: View[];
  app?: AppTarget | undefined;
  /** Apps beside it, by the names that `app:NAME` has. */
  apps?: NamedApp[];
  ask?: AskTarget | undefined;
  /** What the shell view opens, when it isn't a plain shell in the first service. */
  shell?: ShellTarget;
  /** What can be typed into a shell by name. */
  commands?: DemoCommand[];
  /** What runs code blocks of the deck, by their language: it reads the code on its input. */
  interpreters?: Record<string, string>;
  /** How a command gets into the shell: by itself as a person types, all at once, or a letter for each key. Absent: `human`. */
  typing?: Typing;
  /** Files that may be edited on a slide, relative to the demo's folder. */
  edit?: string[];
  /** Edits that are prepared. */
  edits?: PreparedEdit[];
  /** How long a speaker can wait before the recording is offered. */
  budgetMs: number;
  /** How long a silence of its recording lasts at most when it is played; undefined leaves it to the recording. */
  idleMs?: number | undefined;
  /** What happens when the budget is over. */
  fallback: 'auto' | 'ask' | 'never';
  /** Whether a warm copy may stand by for a reset; by default when nothing is written outside the containers. */
  spare?: boolean | undefined;
  /** What the clicker does, one press each; empty when the deck says. */
  steps: string[];
  /** What rehearse asserts. */
  expect: Expectation[];
  /** In the order in which they can be started. */
  services: Service[];
  /** Named volumes. They outlive runs. */
  volumes: string[];
  /** Files that it can't run without, and that aren't there. */
  missing?: string[];
  /** A container may swap what another one gets, and has leave to. */
  isSwappable?: true;
  /** Texts of its `secrets:`, which no recording may show. */
  secrets?: string[];
  /** Networks beside the run's own, which every service is on that names none. */
  networks?: DemoNetwork[];
}

export interface DemoNetwork {
  name: string;
  /** Nothing on it reaches anything outside this machine. */
  isInternal: boolean;
}

export interface AppTarget {
  service: string;
  port: number;
  path: string;
}

export interface ShellTarget {
  service?: string;
  command?: string[];
  workingDir?: string;
  user?: string;
}

export type Typing = 'human' | 'instant' | 'keys';

export interface DemoCommand {
  name: string;
  /** The line that is typed. */
  run: string;
  service?: string;
  /** How long it may take before it counts as too slow. */
  budgetMs?: number;
  expect?: { exit?: number; contains?: string };
}

export interface PreparedEdit {
  name: string;
  /** Which of the files it changes. */
  file: string;
  /** A unified diff. */
  patch: string;
}

export interface NamedApp extends AppTarget {
  name: string;
}

/** A box to type in: its text goes to `path?param=…`, and the answer is drawn as labels. */
export interface AskTarget extends AppTarget {
  param: string;
  examples: string[];
}

/** One of the two: a path of the app, or a question to its ask target. */
export interface Expectation {
  http?: string | undefined;
  ask?: string | undefined;
  status: number;
  contains?: string | undefined;
}

/** What a service gets that asks for nothing else; and the most that it may ask for. */
export const LIMITS = {
  memoryBytes: 512 * 1024 ** 2,
  maxMemoryBytes: 4 * 1024 ** 3,
  cpus: 1,
  maxCpus: 8,
  pids: 256,
  maxPids: 4096,
  stopGraceMs: 10_000,
  maxStopGraceMs: 30_000,
  maxServices: 50,
  maxReplicas: 4,
  budgetMs: 60_000,
} as const;
