import { putFiles } from './put-files.ts';
import { buildImage, describeBuilt } from './build/build.ts';
import { type InspectBody, toContainerState, toCreateBody } from './container-body.ts';
import type { Engine, EngineFacts } from './engine.ts';
import type { Labels } from './container-spec.ts';
import { EngineError } from './engine-error.ts';
import type { HttpApi } from './http-api.ts';
import { execInContainer, runInContainer } from './exec.ts';
import { listLabelled } from './labelled.ts';
import { readLogFrames } from './log-frames.ts';
import { PodmanHealth } from './podman-health.ts';
import { readStatus } from './status.ts';
import { pullImage } from './pull.ts';
import { loadImages, saveImages } from './image-archive.ts';
import type { Reach } from './reach/reach.ts';
import { openTerminal } from './open-terminal.ts';
import { UsageReader } from './usage.ts';
import { startRelay } from './reach/start-relay.ts';

/** Fine when what should be gone is gone, or busy being removed. */
const GONE = [404, 409];
/** 304: it is stopped or started already. */
const DONE = [304, 404, 409];

/** Docker, or Podman's Docker service, behind the `Engine` interface. `api` is at the negotiated version. */
export function createEngine(api: HttpApi, reach: Reach, facts: EngineFacts): Engine {
  return {
    facts,
    ping: async (signal) => api.call('GET', '/_ping', { signal }),
    status: async (signal) => readStatus(api, signal),
    saveImages: async (names, signal) => saveImages(api, names, signal),
    loadImages: async (archive, signal) => loadImages(api, archive, signal),
    close: () => {
      reach.close();
      api.close();
    },
    describeBuilt: (options) => describeBuilt(api, options),
    build: (options, signal) => buildImage(api, facts, options, signal),
    list: async (label) => listLabelled(api, label),
    ...imageCalls(api),
    ...containerCalls(api, facts, reach),
    ...insideCalls(api),
    startRelay: async (spec) => startRelay(api, facts, reach, spec),
    ...networkCalls(api),
  };
}

/** The part of `GET /images/{name}/json` that is read. */
interface ImageBody {
  Id: string;
  RepoTags?: string[] | null;
  Config?: { Labels?: Labels | null } | null;
}

function imageCalls(
  api: HttpApi,
): Pick<Engine, 'hasImage' | 'imageId' | 'imageLabels' | 'pull' | 'removeImage' | 'removeUnnamedImage'> {
  const inspect = async (name: string) =>
    orUndefined(api.json<ImageBody>('GET', `/images/${encodeURIComponent(name)}/json`), [404]);
  const remove: Engine['removeImage'] = async (id) => {
    const removed = api.call('DELETE', `/images/${encodeURIComponent(id)}`);
    await orUndefined(removed, GONE).catch((error: unknown) => {
      // What Docker answers, with 500, when two remove the same image at once.
      if (!(error instanceof EngineError) || !error.message.startsWith('unrecognized image ID')) throw error;
    });
  };
  const imageId: Engine['imageId'] = async (name) => (await inspect(name))?.Id;
  return {
    imageId,
    imageLabels: async (name) => (await inspect(name))?.Config?.Labels ?? {},
    hasImage: async (name) => (await imageId(name)) !== undefined,
    pull: (name, signal) => pullImage(api, name, signal),
    removeImage: remove,
    removeUnnamedImage: async (id) => {
      const found = await inspect(id);
      // Given a name since it was looked for: by its id, Docker would take image and name away.
      if (found !== undefined && (found.RepoTags ?? []).length === 0) await remove(id);
    },
  };
}

type InsideCall = 'execContainer' | 'runInContainer' | 'openTerminal' | 'putFiles' | 'containerUsage';

/** What goes on inside a container that is there. */
function insideCalls(api: HttpApi): Pick<Engine, InsideCall> {
  const usage = new UsageReader(api);
  return {
    execContainer: async (id, command, signal) => execInContainer(api, id, command, signal),
    runInContainer: async (id, spec, signal) => runInContainer(api, id, spec, signal),
    openTerminal: (id, spec) => openTerminal(api, id, spec),
    putFiles: (id, files) => putFiles(api, id, files),
    containerUsage: (id) => usage.read(id),
  };
}

type ContainerCall = Exclude<Extract<keyof Engine, `${string}Container` | 'attach'>, InsideCall>;

function containerCalls(api: HttpApi, { flavour }: EngineFacts, reach: Reach): Pick<Engine, ContainerCall> {
  const inspect = async (id: string): Promise<InspectBody> => api.json('GET', `/containers/${id}/json`);
  const podmanHealth = flavour === 'podman' ? new PodmanHealth(api) : undefined;
  return {
    createContainer: async (spec) => {
      const query = { name: spec.name };
      const request = { query, body: toCreateBody(spec, flavour) };
      return (await api.json<{ Id: string }>('POST', '/containers/create', request)).Id;
    },
    startContainer: async (id) => {
      await orUndefined(api.call('POST', `/containers/${id}/start`), [304]);
    },
    stopContainer: async (id, graceMs) => {
      const query = { t: Math.ceil(graceMs / 1000) };
      await orUndefined(api.call('POST', `/containers/${id}/stop`, { query }), DONE);
    },
    killContainer: async (id) => {
      await orUndefined(api.call('POST', `/containers/${id}/kill`), GONE);
    },
    removeContainer: async (id) => {
      await removeContainer(api, id);
      reach.forget(id);
    },
    inspectContainer: async (id) => {
      const body = await inspect(id);
      const isStale = (await podmanHealth?.run(id, body)) ?? false;
      const seen = isStale ? await inspect(id) : body;
      const state = toContainerState(seen);
      return {
        ...state,
        ports: await reach.toLocalPorts(id, state.ports, seen.NetworkSettings.Networks ?? {}),
      };
    },
    sizeContainer: async (id) => {
      const { SizeRw } = await api.json<InspectBody>('GET', `/containers/${id}/json`, {
        query: { size: true },
      });
      return SizeRw ?? 0;
    },
    waitContainer: async (id, signal) => {
      await orUndefined(api.call('POST', `/containers/${id}/wait`, { signal }), [404]);
    },
    attach: async (id, onOutput, signal) => {
      const query = { stream: true, stdout: true, stderr: true };
      const stream = await api.upgrade(`/containers/${id}/attach`, { query, signal });
      return { ended: readLogFrames(stream, onOutput, signal) };
    },
  };
}

async function removeContainer(api: HttpApi, id: string): Promise<void> {
  try {
    await orUndefined(api.call('DELETE', `/containers/${id}`, { query: { force: true, v: true } }), [404]);
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 409) throw error;
    // Somebody else is removing it; its network can't go before it has.
    await orUndefined(api.call('POST', `/containers/${id}/wait`, { query: { condition: 'removed' } }), [404]);
  }
}

function networkCalls(
  api: HttpApi,
): Pick<Engine, 'createNetwork' | 'joinNetwork' | 'removeNetwork' | 'createVolume' | 'removeVolume'> {
  return {
    createNetwork: async (name, labels, { offline = false, internal = false } = {}) => {
      // An internal network would publish no ports. Without masquerading they are, and no answer comes back from outside.
      const cut = offline ? { Options: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' } } : {};
      const body = {
        Name: name,
        Driver: 'bridge',
        CheckDuplicate: true,
        Labels: labels,
        Internal: internal,
        ...cut,
      };
      return (await api.json<{ Id: string }>('POST', '/networks/create', { body })).Id;
    },
    joinNetwork: async (network, container, aliases) => {
      const body = { Container: container, EndpointConfig: { Aliases: aliases } };
      await api.call('POST', `/networks/${encodeURIComponent(network)}/connect`, { body });
    },
    removeNetwork: async (id) => {
      await orUndefined(api.call('DELETE', `/networks/${id}`), [404]);
    },
    createVolume: async (name, labels) => {
      await api.call('POST', '/volumes/create', { body: { Name: name, Labels: labels } });
    },
    removeVolume: async (name) => {
      await orUndefined(api.call('DELETE', `/volumes/${encodeURIComponent(name)}`), [404]);
    },
  };
}

/** Undefined when the engine answers with one of these statuses, which are no errors for the caller. */
async function orUndefined<T>(answer: Promise<T>, statuses: readonly number[]): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (error instanceof EngineError && statuses.includes(error.status)) return undefined;
    throw error;
  });
}
