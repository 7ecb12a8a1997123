import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import Dockerode from 'dockerode';
import { BASE_IMAGE, finish, importStandIn } from './base-image.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { canInstall, ensurePackages } from './packages.ts';
import { type Registry, registryHas, startRegistry } from './registry.ts';
import { type Log, which } from './shell.ts';

export const SOCKET = '/var/run/docker.sock';

export interface TestEngine extends AsyncDisposable {
  socket: string;
  /** The registry behind the engine's mirror, when this process started one. */
  registry?: string;
}

export function cacheFolder(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
  return path.join(cache, 'deckhand-tests');
}

async function answers(docker: Dockerode): Promise<boolean> {
  return docker.ping().then(
    () => true,
    () => false,
  );
}

async function hasImage(docker: Dockerode, name: string): Promise<boolean> {
  return docker
    .getImage(name)
    .inspect()
    .then(
      () => true,
      () => false,
    );
}

/** An engine that has the demos' base image: the one that runs here, else one of our own. */
export async function prepareEngine(log: Log): Promise<TestEngine | undefined> {
  const docker = new Dockerode({ socketPath: SOCKET, timeout: 600_000 });
  if (await answers(docker)) return useRunning(docker, log);
  if (!(await canInstall())) return undefined;
  const folder = cacheFolder();
  await mkdir(folder, { recursive: true });
  if ((await which('dockerd')) === undefined) await ensurePackages(['docker.io', 'iptables'], log);
  if ((await which('docker-registry')) === undefined) await ensurePackages(['docker-registry'], log);
  // A package that starts its service by itself may have brought the engine up.
  if (await answers(docker)) return useRunning(docker, log);
  return startOwn(docker, folder, log);
}

async function startOwn(docker: Dockerode, folder: string, log: Log): Promise<TestEngine> {
  const registry = await startRegistry(folder, log);
  let dockerd: Daemon | undefined;
  const end = async (): Promise<void> => {
    await dockerd?.[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
  };
  try {
    dockerd = await startDockerd(docker, registry, folder, log);
    await fillRegistry(docker, registry, folder, log);
  } catch (error) {
    await end();
    throw error;
  }
  return {
    socket: SOCKET,
    registry: registry.host,
    [Symbol.asyncDispose]: async () => {
      log('ending the engine and the registry that the tests started');
      await end();
    },
  };
}

async function useRunning(docker: Dockerode, log: Log): Promise<TestEngine | undefined> {
  log(`using the engine on ${SOCKET}`);
  const registry = await mirrorOf(docker);
  const engine: TestEngine = {
    socket: SOCKET,
    ...(registry === undefined ? {} : { registry }),
    [Symbol.asyncDispose]: async () => {},
  };
  if (await hasImage(docker, BASE_IMAGE)) return engine;
  log(`pulling ${BASE_IMAGE}`);
  try {
    await finish(await docker.pull(BASE_IMAGE));
  } catch (error) {
    if (!(await canInstall())) {
      log(`${BASE_IMAGE} can't be pulled: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
    await mkdir(cacheFolder(), { recursive: true });
    await importStandIn(docker, BASE_IMAGE, cacheFolder(), log);
  }
  return engine;
}

/** The loopback registry that a running engine pulls through, if that is how it was started. */
async function mirrorOf(docker: Dockerode): Promise<string | undefined> {
  const info: { RegistryConfig?: { Mirrors?: string[] } } = await docker.info();
  const mirror = info.RegistryConfig?.Mirrors?.find((url) => url.startsWith('http://127.0.0.1:'));
  return mirror?.replace('http://', '').replace(/\/$/u, '');
}

async function startDockerd(
  docker: Dockerode,
  registry: Registry,
  folder: string,
  log: Log,
): Promise<Daemon> {
  log(`starting dockerd on ${SOCKET}`);
  const args = ['--host', `unix://${SOCKET}`, '--pidfile', path.join(folder, 'dockerd.pid')];
  return startDaemon('dockerd', [...args, '--registry-mirror', `http://${registry.host}`], {
    logFile: path.join(folder, 'dockerd.log'),
    answers: async () => answers(docker),
    seconds: 30,
  });
}

/** Puts the stand-in behind the mirror, so that `FROM python:3.13-slim` is a real pull with progress. */
async function fillRegistry(docker: Dockerode, registry: Registry, folder: string, log: Log): Promise<void> {
  const [name = '', tag = ''] = BASE_IMAGE.split(':');
  if (!(await registryHas(registry.host, `library/${name}`, tag))) {
    const pushed = `${registry.host}/library/${BASE_IMAGE}`;
    await importStandIn(docker, pushed, folder, log);
    await finish(await docker.getImage(pushed).push({ authconfig: { username: '', password: '' } }));
    await docker.getImage(pushed).remove();
  }
  log(`${BASE_IMAGE} is a STAND-IN here: Debian trixie with its Python 3.13, pulled from ${registry.host}`);
  if (!(await hasImage(docker, BASE_IMAGE))) await finish(await docker.pull(BASE_IMAGE));
}
