/** What an engine is told of a container and of what runs in it, and what it tells of them. */
import type { Duplex } from 'node:stream';
import type { Healthcheck, Hook, MoreSettings } from '../demo/service.ts';

export type Labels = Record<string, string>;

/** For a container that talks to nobody. */
export const NO_NETWORK = 'none';
/** This machine's own. */
export const HOST_NETWORK = 'host';

export interface NetworkOptions {
  /** What is on it reaches nothing outside this machine. */
  offline?: boolean;
  /** The same, by the engine's own means: it publishes no ports either. */
  internal?: boolean;
}

export interface ContainerSpec {
  name: string;
  image: string;
  labels: Labels;
  command?: string[] | undefined;
  entrypoint?: string[] | undefined;
  environment: Record<string, string>;
  /** Container ports, each published on a free port of 127.0.0.1. */
  ports: number[];
  /** A volume without a source goes with its container. */
  mounts: { type: 'bind' | 'volume'; source?: string; target: string; readOnly: boolean }[];
  tmpfs: Record<string, string>;
  user?: string | undefined;
  workingDir?: string | undefined;
  healthcheck?: Healthcheck | undefined;
  init: boolean;
  readOnly: boolean;
  capAdd: string[];
  memoryBytes: number;
  cpus: number;
  pids: number;
  /** A network's name, `NO_NETWORK`, `HOST_NETWORK`, or `container:` and an id. */
  network: string;
  /** Names by which the network's other containers reach it. */
  aliases: string[];
  /** What Compose has more of. */
  more?: MoreSettings | undefined;
}

/** The image lends its python3 or perl. */
export type RelaySpec = Pick<ContainerSpec, 'name' | 'image' | 'labels' | 'network'>;

export interface ContainerState {
  status: 'created' | 'running' | 'exited' | 'other';
  exitCode: number;
  /** The kernel ended it because it wanted more memory than its limit. */
  oomKilled: boolean;
  /** What the engine says when it could not start it. */
  error: string;
  health: 'none' | 'starting' | 'healthy' | 'unhealthy';
  /** What the last healthcheck printed. */
  healthOutput: string;
  /** Its first process as the engine's host numbers it; 0 when it doesn't run. */
  pid: number;
  hostname: string;
  /** The first process and its arguments. */
  command: string[];
  /** Container port to the port of this machine's loopback that leads to it. */
  ports: Map<number, number>;
}

export interface TerminalSpec extends Hook {
  columns: number;
  rows: number;
}

/** A program that runs in a container, at the other end of a terminal. */
export interface TerminalExec {
  /** Its input and output. Closed when it has ended; destroying it hangs up. */
  stream: Duplex;
  resize(columns: number, rows: number): Promise<void>;
  /** How it ended; undefined when that can't be told, as when the container is gone. */
  exitCode(): Promise<number | undefined>;
}

export interface ContainerUsage {
  memoryBytes: number;
  /** In processors: 0.5 is half of one. Since the look before; 0 at the first. */
  cpus: number;
}

export interface Attached {
  /** Resolves when everything was read, rejects when the engine is gone. */
  ended: Promise<void>;
}

export interface LogChunk {
  stream: 'stdout' | 'stderr';
  /** UTF-8, whole characters. Not decoded: most of what a container prints too fast is never looked at. */
  bytes: Buffer;
}

/** What became of a program that ran in a container. */
export interface ProgramEnd {
  exitCode: number;
  printed: string;
}
