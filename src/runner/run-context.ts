import type { Demo } from '../demo/demo.ts';
import type { Service } from '../demo/service.ts';
import type { RunEventBody } from '../demo/run/run-event.ts';
import type { Engine } from '../engine/engine.ts';
import type { Labels } from '../engine/container-spec.ts';
import type { BuildPlan } from './build/build-plan.ts';
import type { ServiceBoard } from './containers/service-board.ts';
import type { ShownApp } from './preview/shown-app.ts';
import type { Previews } from './preview/preview.ts';
import type { OutputOrigin } from './output-gate.ts';

/** What the parts of one run share. */
export interface RunContext {
  demo: Demo;
  /** The demo's folder, absolute. */
  folder: string;
  engine: Engine;
  /** First characters of the run's id, for names on the engine. */
  shortId: string;
  labels: Labels;
  /** Build without the engine's cache. */
  fresh: boolean;
  /** Nothing is pulled, no build step and no container gets out of this machine. */
  offline: boolean;
  /** Images that came in a pack, name to id. */
  packed: ReadonlyMap<string, string>;
  /** Where the deck's frames show apps; nowhere, when there is no deck. */
  previews: Previews | undefined;
  /** How long containers may take to be ready once they have started. */
  readyTimeoutMs: number;
  /** Aborted by `stop()`. */
  signal: AbortSignal;
  /** Aborted when Deckhand itself ends. */
  hurry: AbortSignal;
  emit: (event: RunEventBody) => void;
  /** What is known of each service. */
  board: ServiceBoard;
  output: (origin: OutputOrigin, bytes: Buffer) => void;
  /** What there is to clean up. */
  made: Made;
}

export interface Made {
  network: string | undefined;
  /** The project's own networks beside it. */
  networks: string[];
  /** The container that leads to the others, on an engine that needs one. */
  relay: string | undefined;
  /** The ways to apps that answer: from this machine, and from frames in the deck. */
  ways: { close(): void }[];
  /** A bind's source, as the demo writes it, to where it really is. */
  binds: ReadonlyMap<string, string>;
  /** Service to the id of the image that this run has built for it. */
  images: Map<string, string>;
  /** Service to how its image was built. */
  plans: Map<string, BuildPlan>;
  /** What is shown, and of which service: a container that is started again is found at another port. */
  apps: { name: string | undefined; service: string; port: number; shown: ShownApp }[];
  /** In the order in which they were started. */
  containers: StartedContainer[];
  /** Log readers; they end when their containers have, or by the abort. */
  readers: Promise<void>[];
  stopReading: AbortController;
}

export interface StartedContainer {
  id: string;
  service: Service;
  /** Counts those of the same service from 1. */
  number: number;
}

export function nothingMade(): Made {
  return {
    network: undefined,
    networks: [],
    relay: undefined,
    binds: new Map(),
    images: new Map(),
    plans: new Map(),
    ways: [],
    apps: [],
    containers: [],
    readers: [],
    stopReading: new AbortController(),
  };
}

/** The name of the image that a service's build makes. It stays on the engine, as the cache for the next start. */
export function toImageTag(demo: Demo, service: Service): string {
  return `deckhand-${demo.name}-${service.name}:latest`;
}

/** The image that a service runs. */
export function toImage(demo: Demo, service: Service): string {
  return service.build === undefined ? (service.image ?? '') : toImageTag(demo, service);
}
