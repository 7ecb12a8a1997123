import type { Readable } from 'node:stream';
import type { Hook } from '../demo/service.ts';
import type {
  Attached,
  ContainerSpec,
  ContainerState,
  ContainerUsage,
  Labels,
  LogChunk,
  NetworkOptions,
  ProgramEnd,
  RelaySpec,
  TerminalExec,
  TerminalSpec,
} from './container-spec.ts';
import type { PutFile } from './put-files.ts';
import type { StepState } from '../demo/run/run-event.ts';

/** Docker or Podman, as the runner needs it. Every call throws an `EngineError` when the engine refuses or is gone. */
export interface Engine {
  readonly facts: EngineFacts;
  /** Resolves when the engine answers. */
  ping(signal?: AbortSignal): Promise<void>;
  status(signal?: AbortSignal): Promise<EngineStatus>;
  hasImage(name: string): Promise<boolean>;
  imageId(name: string): Promise<string | undefined>;
  /** What an image is labelled with, its base's labels included; none when there is no such image. */
  imageLabels(name: string): Promise<Labels>;
  pull(name: string, signal: AbortSignal): AsyncIterable<PullEvent>;
  /** Builds an image. Throws a `BuildFailure` when a step fails. Aborting cancels it on the engine as well. */
  build(options: BuildOptions, signal: AbortSignal): AsyncIterable<BuildEvent>;
  /** Tells of an image that is there as a build would that finds every step in its cache. Nothing is built. */
  describeBuilt(options: BuildOptions): AsyncIterable<BuildEvent>;
  createContainer(spec: ContainerSpec): Promise<string>;
  startContainer(id: string): Promise<void>;
  stopContainer(id: string, graceMs: number): Promise<void>;
  /** Ends it at once. Fine when it has ended. */
  killContainer(id: string): Promise<void>;
  /** What it uses now. Source: Engine API, `GET /containers/{id}/stats`. */
  containerUsage(id: string): Promise<ContainerUsage>;
  /** Removes it with its anonymous volumes, running or not. Fine when it is gone already. */
  removeContainer(id: string): Promise<void>;
  inspectContainer(id: string): Promise<ContainerState>;
  /** Bytes that the container has written on top of its image. */
  sizeContainer(id: string): Promise<number>;
  /** Puts files into a container, running or not. */
  putFiles(id: string, files: readonly PutFile[]): Promise<void>;
  /** Runs a command in a container, and gives what it printed. The container must have that program. */
  execContainer(id: string, command: string[], signal: AbortSignal): Promise<string>;
  /** Runs a program in a container to its end, and gives what it printed, the first 64,000 characters of it, with its exit code. */
  runInContainer(id: string, program: Hook, signal: AbortSignal): Promise<ProgramEnd>;
  /** Starts a program with a terminal of its own in a running container. */
  openTerminal(id: string, spec: TerminalSpec): Promise<TerminalExec>;
  /** Resolves when the container has ended. */
  waitContainer(id: string, signal: AbortSignal): Promise<void>;
  /**
   * Gives what the container prints from now to its end, until the abort; resolves when the engine is ready to send it, so that
   * nothing is lost when the container starts afterwards. `onOutput` must be quick: the container waits for it.
   */
  attach(id: string, onOutput: (chunk: LogChunk) => void, signal: AbortSignal): Promise<Attached>;
  createNetwork(name: string, labels: Labels, options?: NetworkOptions): Promise<string>;
  /** Puts a container that has not started yet on one more network. */
  joinNetwork(network: string, container: string, aliases: readonly string[]): Promise<void>;
  /**
   * For an engine that `needsRelay`: starts a container that leads to the ports of all others on its network, whose states have
   * ports from then on. Undefined when the image has no program that could do it. It is removed like any other.
   */
  startRelay(spec: RelaySpec): Promise<string | undefined>;
  removeNetwork(id: string): Promise<void>;
  /** Fine when there is one of that name already. */
  createVolume(name: string, labels: Labels): Promise<void>;
  removeVolume(name: string): Promise<void>;
  /** Without `force`: an image that is in use stays, without an error. */
  removeImage(id: string): Promise<void>;
  /** By its id, and only when no name points to it. Fine when somebody else removes it at the same time. */
  removeUnnamedImage(id: string): Promise<void>;
  /** Images with their names, as a tar archive. Their ids survive. */
  saveImages(names: readonly string[], signal: AbortSignal): Promise<Readable>;
  /** Takes images out of such an archive. Resolves when the engine has them all. */
  loadImages(archive: Readable, signal: AbortSignal): Promise<void>;
  /** Everything that carries the label. */
  list(label: string): Promise<Labelled[]>;
  close(): void;
}

export interface EngineFacts {
  flavour: 'docker' | 'podman';
  /** For people: `Docker Engine 20.10.24`. */
  name: string;
  apiVersion: string;
  builder: 'buildkit' | 'classic';
  /** `linux/amd64` */
  platform: string;
  /** Where it was reached: `unix:///var/run/docker.sock`. */
  endpoint: string;
  /** On another machine. */
  isRemote: boolean;
  /** What containers publish can be reached from here only through a relay: on another machine, and not by ssh. */
  needsRelay: boolean;
  /** The engine's own host as it names it, to tell Docker Desktop's VM from this machine. */
  hostName: string;
  kernel: string;
}

/** What changes while the engine runs. */
export interface EngineStatus {
  /** Of its host or its virtual machine. */
  memoryBytes: number;
  /** Its clock, in ms since 1970; undefined when it does not tell. */
  clock?: number;
  /** Where it keeps images and containers, on its host. */
  folder: string;
}

export interface PullEvent {
  /** A layer's short id. */
  item: string;
  done: number;
  total?: number;
}

export interface BuildOptions {
  /** Absolute: the folder that no link may lead out of. */
  root: string;
  /** The folder that is sent, relative to the root. */
  context: string;
  /** Relative to the context. */
  dockerfile: string;
  /** The Dockerfile's text, when it isn't a file. */
  inline?: string | undefined;
  /** Names in the root that are never sent. */
  leftOut: ReadonlySet<string>;
  args: Record<string, string>;
  target?: string | undefined;
  tag: string;
  labels: Labels;
  noCache: boolean;
  /** No step gets a network; one that would have to run, and could need it, fails. */
  offline?: boolean | undefined;
}

export type BuildEvent =
  | { type: 'step'; step: number; of: number; line: number; name: string; state: StepState; ms?: number }
  | { type: 'output'; step?: number; isStderr?: true; text: string }
  | { type: 'progress'; item: string; done: number; total?: number }
  | { type: 'layer'; step: number; bytes: number }
  /** Last: the image's id. */
  | { type: 'image'; id: string };

export interface Labelled {
  kind: 'container' | 'network' | 'volume' | 'image';
  id: string;
  /** Images may have none, or several. */
  name?: string;
  labels: Labels;
  /** A container's image. */
  image?: string;
  /** An image that no name points to. */
  isDangling?: boolean;
}
