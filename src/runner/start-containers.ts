import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Mount, Service } from '../demo/demo.ts';
import { UserError } from '../demo/user-error.ts';
import type { ContainerSpec } from '../engine/engine.ts';
import { withImage } from './build-image.ts';
import { DEMO_LABEL } from './instance.ts';
import { openRelay } from './open-relay.ts';
import type { RunContext, StartedContainer } from './run-context.ts';
import { waitForDependency } from './wait-ready.ts';

/** Makes the run's network and volumes, and starts its services in order, each when those that it depends on are there. */
export async function startContainers(context: RunContext): Promise<void> {
  const { demo, engine, labels, made } = context;
  context.emit({ type: 'phase', phase: 'starting' });
  const network = toNetworkName(context);
  made.network = await engine.createNetwork(network, labels, context.offline);
  await openRelay(context, network);
  // Volumes outlive runs, and so carry no run's label.
  for (const volume of demo.volumes)
    await engine.createVolume(toVolume(demo.name, volume), { [DEMO_LABEL]: demo.name });
  for (const service of demo.services) {
    context.signal.throwIfAborted();
    for (const { service: name, condition } of service.dependsOn)
      await waitForDependency(context, name, condition);
    await startContainer(context, service, 1);
  }
}

/** Starts a service's container; `number` counts those of the same service from 1. */
export async function startContainer(
  context: RunContext,
  service: Service,
  number: number,
): Promise<StartedContainer> {
  const { engine, made } = context;
  const spec = await toSpec(context, service, number);
  const id = await withImage(context, service, async (image) => engine.createContainer({ ...spec, image }));
  const started: StartedContainer = { id, service };
  made.containers.push(started);
  // Before it starts, so that its first line is read as well.
  const origin = { service: service.name, ...(number === 1 ? {} : { number }) };
  const { ended } = await engine.attach(
    id,
    ({ bytes }) => context.output(origin, bytes),
    made.stopReading.signal,
  );
  // What goes wrong with the engine is found out by whoever waits for the container.
  made.readers.push(ended.catch(() => undefined));
  await engine.startContainer(id);
  return started;
}

/** What a service's container is called on the engine. */
export function toContainerName({ demo, shortId }: RunContext, service: Service, number: number): string {
  const place = number === 1 ? service.name : `${service.name}-${number}`;
  return `deckhand-${demo.name}-${place}-${shortId}`;
}

function toNetworkName({ demo, shortId }: RunContext): string {
  return `deckhand-${demo.name}-${shortId}`;
}

function toVolume(demo: string, volume: string): string {
  return `deckhand-${demo}-${volume}`;
}

async function toSpec(
  context: RunContext,
  service: Service,
  number: number,
): Promise<Omit<ContainerSpec, 'image'>> {
  const { labels } = context;
  const { command, entrypoint, user, workingDir, healthcheck } = service;
  return {
    name: toContainerName(context, service, number),
    labels,
    command,
    entrypoint,
    environment: service.environment,
    ports: service.ports,
    mounts: await Promise.all(service.mounts.map(async (mount) => toSpecMount(context, mount))),
    tmpfs: service.tmpfs,
    user,
    workingDir,
    healthcheck,
    init: service.init,
    readOnly: service.readOnly,
    capAdd: service.capAdd,
    memoryBytes: service.memoryBytes,
    cpus: service.cpus,
    pids: service.pids,
    network: toNetworkName(context),
    aliases: [number === 1 ? service.name : `${service.name}-${number}`],
  };
}

async function toSpecMount(context: RunContext, mount: Mount): Promise<Mount> {
  if (mount.type === 'volume') return { ...mount, source: toVolume(context.demo.name, mount.source) };
  return { ...mount, source: await insideFolder(context, mount.source) };
}

/** The parser refuses paths that lead out of the folder; a symbolic link can still do so. */
async function insideFolder(context: RunContext, source: string): Promise<string> {
  const wanted = path.join(context.folder, source);
  const [root, real] = await Promise.all([realpath(context.folder), realpath(wanted).catch(() => undefined)]);
  const message = `demos/${context.demo.name}: "${source}" is mounted, but `;
  if (real === undefined)
    throw new UserError('no-mount', `${message}is not there.`, 'Make it, or take the mount out.');
  const relative = path.relative(root, real);
  if (relative.startsWith('..') || path.isAbsolute(relative)) {
    throw new UserError(
      'bad-mount',
      `${message}leads out of the demo's folder.`,
      'Mount only what is inside it.',
    );
  }
  return real;
}
