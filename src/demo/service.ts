/** One service of a demo: what Compose says of it, with every default filled in. */

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
  /** Files of the demo's folder that are put into the container before it starts. */
  copies?: { source: string; target: string }[];
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
  user?: string | undefined;
  workingDir?: string | undefined;
  environment?: Readonly<Record<string, string>>;
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
  /** What a driver of the engine's host hands out: `count` -1 for all, 0 for those with `ids`. */
  gpus?: {
    driver: string;
    count: number;
    ids: string[];
    capabilities: string[];
    options: Record<string, string>;
  }[];
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
