/** What a demo is: a Compose file in our subset, with every default filled in. Born in `compose.ts`. */

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

export interface Service {
  name: string;
  /** One of the two, or both: then `image` is the built image's name in Compose, which we don't use. */
  build?: Build | undefined;
  image?: string | undefined;
  command?: string[] | undefined;
  entrypoint?: string[] | undefined;
  environment: Record<string, string>;
  /** Container ports, TCP. */
  ports: number[];
  mounts: Mount[];
  /** Paths in the container, to options: `size=64m`. */
  tmpfs: Record<string, string>;
  user?: string | undefined;
  workingDir?: string | undefined;
  healthcheck?: Healthcheck | undefined;
  dependsOn: { service: string; condition: DependsCondition }[];
  init: boolean;
  readOnly: boolean;
  capAdd: string[];
  memoryBytes: number;
  cpus: number;
  pids: number;
  stopGraceMs: number;
  /** Whether it is started again when it ends. Absent: it isn't. */
  restart?: RestartRule;
  /** How many containers of it start; 1 by default. */
  replicas?: number;
  /** Networks by name, with the names by which others on them reach it. Absent: the run's own. */
  networks?: { name: string; aliases: string[] }[];
  /** Names by which others reach it on each network, beside its own. */
  aliases?: string[];
  /** Without a network, or in that of another service. */
  networkMode?: 'none' | { service: string } | 'host';
  /** What is put into the container before it starts: secrets and configs whose text is not in a file. */
  files?: { target: string; text: string; mode: number }[];
  /** Programs that run in it once it has started. */
  postStart?: Hook[];
  /** And before it stops. */
  preStop?: Hook[];
  /** Files that follow the project's while it runs. */
  watch?: WatchRule[];
  /** What Compose has more of, as the engine takes it. */
  more?: MoreSettings;
}

/** Compose's `restart`. `most` is how often; absent, as often as it takes. */
export interface RestartRule {
  when: 'always' | 'on-failure';
  most?: number;
}

/** A program that runs in a container at a moment of its life. */
export interface Hook {
  command: string[];
  user?: string;
  workingDir?: string;
  environment?: Record<string, string>;
  /** Only with leave. */
  isPrivileged?: true;
}

/** One of `develop.watch`. */
export interface WatchRule {
  action: 'sync' | 'sync+restart' | 'sync+exec' | 'restart' | 'rebuild';
  /** What `sync+exec` runs. */
  exec?: Hook;
  /** Relative to the demo's folder. */
  path: string;
  /** Where it is in the container; empty when nothing is copied. */
  target: string;
  /** Patterns as in a .dockerignore, relative to `path`. */
  ignore: string[];
}

export interface PublishedPort {
  /** In the container. */
  target: number;
  protocol: 'tcp' | 'udp';
  /** On this machine. */
  hostPort: number;
  /** Empty: every address of this machine. */
  hostIp: string;
}

/** Settings that go to the engine as they are. */
export interface MoreSettings {
  /** Ports as the project writes them. Only with leave. */
  publish?: PublishedPort[];
  hostname?: string;
  domainname?: string;
  labels?: Record<string, string>;
  stopSignal?: string;
  tty?: boolean;
  stdinOpen?: boolean;
  /** `name:address` */
  extraHosts?: string[];
  dns?: string[];
  dnsSearch?: string[];
  dnsOptions?: string[];
  groupAdd?: string[];
  sysctls?: Record<string, string>;
  ulimits?: { name: string; soft: number; hard: number }[];
  shmBytes?: number;
  /** Only with leave. */
  privileged?: boolean;
  devices?: { source: string; target: string; permissions: string }[];
  securityOptions?: string[];
  pidMode?: string;
  ipcMode?: string;
  utsMode?: string;
  usernsMode?: string;
  cgroupMode?: string;
}

export type DependsCondition = 'service_started' | 'service_healthy' | 'service_completed_successfully';

export interface Build {
  /** Relative to the demo's folder, inside it. */
  context: string;
  /** Relative to the context, inside it. */
  dockerfile: string;
  /** The Dockerfile's text, when it stands in the Compose file; `dockerfile` is then a name that no file has. */
  inline?: string;
  args: Record<string, string>;
  target?: string | undefined;
  /** The folder that the context is in, absolute, when it isn't the demo's. Only with leave. */
  root?: string;
}

/** A bind's source is relative to the demo's folder; one that `isOutside` is absolute, and there only with leave. */
export type Mount =
  | { type: 'bind'; source: string; target: string; readOnly: boolean; isOutside?: true }
  /** Without a source: a volume that goes with its container. */
  | { type: 'volume'; source?: string; target: string; readOnly: boolean };

export interface Healthcheck {
  /** As the engine takes it: `CMD`, `CMD-SHELL` or `NONE` first. */
  test: string[];
  intervalMs?: number | undefined;
  timeoutMs?: number | undefined;
  startPeriodMs?: number | undefined;
  startIntervalMs?: number | undefined;
  retries?: number | undefined;
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
