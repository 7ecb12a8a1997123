import type { Mount, Service } from '../../demo/service.ts';
import { HOST_NETWORK, NO_NETWORK, type ContainerSpec } from '../../engine/container-spec.ts';
import { withImage } from '../build/build-image.ts';
import { badMount, findBinds } from './check-binds.ts';
import { attachAndStart } from './attach-and-start.ts';
import { askHost } from '../host-facts.ts';
import { DEMO_LABEL } from '../instance.ts';
import { putServiceFiles } from './put-service-files.ts';
import { runPostStart } from './hooks.ts';
import { isMountedFrom } from './mount-table.ts';
import { openRelay } from './open-relay.ts';
import type { RunContext, StartedContainer } from '../run-context.ts';
import { waitForDependency } from '../wait-ready.ts';

/** Makes the run's network and volumes, and starts its services in order, each when those that it depends on are there. */
export async function startContainers(context: RunContext): Promise<void> {
  const { demo, engine, labels, made } = context;
  context.emit({ type: 'phase', phase: 'starting' });
  context.board.announce(demo.services);
  made.binds = await findBinds(context);
  const network = toNetworkName(context);
  made.network = await engine.createNetwork(network, labels, { offline: context.offline });
  for (const { name, isInternal } of demo.networks ?? [])
    made.networks.push(
      await engine.createNetwork(toNetworkName(context, name), labels, {
        offline: context.offline,
        internal: isInternal,
      }),
    );
  await openRelay(context, network);
  // Volumes outlive runs, and so carry no run's label.
  for (const volume of demo.volumes)
    await engine.createVolume(toVolume(demo.name, volume), { [DEMO_LABEL]: demo.name });
  for (const service of demo.services) {
    context.signal.throwIfAborted();
    for (const { service: name, condition } of service.dependsOn)
      await waitForDependency(context, name, condition);
    const { replicas = 1 } = service;
    for (let number = 1; number <= replicas; number += 1) await startContainer(context, service, number);
  }
}

/** Starts a service's container; `number` counts those of the same service from 1. */
export async function startContainer(
  context: RunContext,
  service: Service,
  number: number,
): Promise<StartedContainer> {
  const { engine, made } = context;
  const spec = toSpec(context, service, number);
  const id = await withImage(context, service, async (image) => engine.createContainer({ ...spec, image }));
  for (const { name, aliases } of service.networks?.slice(1) ?? [])
    await engine.joinNetwork(toNetworkName(context, name), id, [...namesOf(service, number), ...aliases]);
  await putServiceFiles(context, id, service);
  const started: StartedContainer = { id, service, number };
  made.containers.push(started);
  context.board.tell(service, number, { state: 'starting' });
  await attachAndStart(context, started);
  await checkMounted(context, started, spec);
  await runPostStart(context, started);
  return started;
}

/**
 * What was mounted must be what was checked. It can be seen where the engine's processes are this machine's; in a VM (Docker Desktop,
 * Colima) a path that leads out is one of the VM, or a folder that its user has shared with it.
 */
async function checkMounted(
  { engine, demo }: RunContext,
  { id }: StartedContainer,
  { mounts }: Pick<ContainerSpec, 'mounts'>,
): Promise<void> {
  const binds = mounts.filter(({ type }) => type === 'bind');
  if (binds.length === 0) return;
  const { pid } = await engine.inspectContainer(id);
  if (!(await askHost(id, pid)).isVisible) return;
  for (const { source = '', target } of binds) {
    if ((await isMountedFrom(pid, target, source)) !== false) continue;
    await engine.removeContainer(id);
    const message = `The demo "${demo.name}": ${source} was swapped for something else while it was being mounted.`;
    throw badMount(
      message,
      'The container was removed at once. Look at what the demo does with its folders.',
    );
  }
}

/** What a service's container is called on the engine. */
export function toContainerName({ demo, shortId }: RunContext, service: Service, number: number): string {
  const place = number === 1 ? service.name : `${service.name}-${number}`;
  return `deckhand-${demo.name}-${place}-${shortId}`;
}

/** The run's own network, or one of the project's. */
function toNetworkName({ demo, shortId }: RunContext, name?: string): string {
  return `deckhand-${demo.name}-${name === undefined ? '' : `${name}-`}${shortId}`;
}

function toVolume(demo: string, volume: string): string {
  return `deckhand-${demo}-${volume}`;
}

function toSpec(context: RunContext, service: Service, number: number): Omit<ContainerSpec, 'image'> {
  const { labels } = context;
  const { command, entrypoint, user, workingDir, healthcheck, more, networks } = service;
  const [first] = networks ?? [];
  return {
    name: toContainerName(context, service, number),
    labels,
    command,
    entrypoint,
    environment: service.environment,
    ports: service.ports,
    mounts: service.mounts.map((mount) => toSpecMount(context, mount)),
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
    network: toNetwork(context, service),
    aliases: [...namesOf(service, number), ...(first?.aliases ?? [])],
    // One container alone can have a port of this machine.
    more: number === 1 ? more : { ...more, publish: [] },
  };
}

/** On each of its networks. All containers of a service answer to its name, as with Compose. */
function namesOf(service: Service, number: number): string[] {
  const name = isReplica(service, number) ? `${service.name}-${number}` : service.name;
  return [name, ...(service.aliases ?? [])];
}

/** One that the speaker started beside the others answers to a name of its own. */
function isReplica({ replicas = 1 }: Service, number: number): boolean {
  return number > replicas;
}

function toNetwork(context: RunContext, { networkMode, networks }: Service): string {
  if (networkMode === 'none') return NO_NETWORK;
  if (networkMode === 'host') return HOST_NETWORK;
  if (networkMode === undefined) return toNetworkName(context, networks?.[0]?.name);
  const other = context.made.containers.find(({ service }) => service.name === networkMode.service);
  return `container:${other?.id ?? ''}`;
}

function toSpecMount({ demo, made }: RunContext, mount: Mount): ContainerSpec['mounts'][number] {
  const { type, target, readOnly, source } = mount;
  if (source === undefined) return { type, target, readOnly };
  if (type === 'volume') return { type, target, readOnly, source: toVolume(demo.name, source) };
  return { type, target, readOnly, source: made.binds.get(source) ?? source };
}
