import { access, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Dockerode from 'dockerode';
import { BASE_IMAGE, finish } from './base-image.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { canInstall } from './packages.ts';
import { run, which } from './shell.ts';

/**
 * A Docker engine that a test may kill or fill: nobody else uses it. It has namespaces of its own, since a second dockerd beside
 * the first takes its network interface away. So what its containers publish can't be reached.
 */
export interface SpareEngine extends AsyncDisposable {
  socket: string;
  /** As a crash: at once, and nothing is put in order. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** Whether tests can start engines of their own here. */
export async function canStartSpareEngine(): Promise<boolean> {
  if (!(await canInstall()) || (await which('dockerd')) === undefined) return false;
  return run('unshare', ['--net', '--mount', 'true']).then(
    () => true,
    () => false,
  );
}

/** Starts it, with the base image of the engine at `from`. With `megabytes` its disk is no larger than that. */
export async function startSpareEngine(
  from: string,
  options: { megabytes?: number } = {},
): Promise<SpareEngine> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deckhand-spare-'));
  for (const name of ['data', 'tmp']) await mkdir(path.join(folder, name));
  let dockerd: Daemon | undefined;
  const socket = path.join(folder, 'docker.sock');
  const start = async (): Promise<void> => {
    dockerd = await startDockerd(folder, options.megabytes);
  };
  const end = async (): Promise<void> => {
    await dockerd?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await start();
    const docker = new Dockerode({ socketPath: from, timeout: 600_000 });
    const spare = new Dockerode({ socketPath: socket, timeout: 600_000 });
    await finish(await spare.loadImage(await docker.getImage(BASE_IMAGE).get()));
  } catch (error) {
    await end();
    throw error;
  }
  return {
    socket,
    start,
    kill: async () => {
      if (dockerd !== undefined) process.kill(dockerd.pid, 'SIGKILL');
      await dockerd?.[Symbol.asyncDispose]();
      await untilContainerdEnded(folder);
    },
    [Symbol.asyncDispose]: end,
  };
}

/** In namespaces of network and mounts: what it mounts goes with it. */
const SCRIPT = `ip link set lo up 2> /dev/null
if [ -n "$MEGABYTES" ]; then mount -t tmpfs -o "size=\${MEGABYTES}m" none "$DATA"; fi
exec dockerd --data-root "$DATA" "$@"`;

async function startDockerd(folder: string, megabytes: number | undefined): Promise<Daemon> {
  const inFolder = (file: string): string => path.join(folder, file);
  // A dockerd that was killed leaves them, and a number in them may be another process by now.
  for (const file of ['docker.pid', 'exec/containerd/containerd.pid'])
    await rm(inFolder(file), { force: true });
  const variables = { DATA: inFolder('data'), DOCKER_TMPDIR: inFolder('tmp'), MEGABYTES: megabytes ?? '' };
  const environment = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  const files = ['--host', `unix://${inFolder('docker.sock')}`, '--pidfile', inFolder('docker.pid')];
  const args = [...files, '--exec-root', inFolder('exec')];
  const docker = new Dockerode({ socketPath: inFolder('docker.sock') });
  const command = [...environment, 'unshare', '--net', '--mount', 'sh', '-c', SCRIPT, 'sh', ...args];
  return startDaemon('env', command, {
    logFile: inFolder('dockerd.log'),
    answers: async () =>
      docker.ping().then(
        () => true,
        () => false,
      ),
    seconds: 30,
  });
}

/** It dies with the dockerd that started it, but after it, and the next one would take its socket for its own's. */
async function untilContainerdEnded(folder: string): Promise<void> {
  const pid = await readFile(path.join(folder, 'exec/containerd/containerd.pid'), 'utf8').catch(() => 'none');
  for (let tries = 0; tries < 200; tries += 1) {
    const isThere = await access(`/proc/${pid}`).then(
      () => true,
      () => false,
    );
    if (!isThere) return;
    await delay(50);
  }
}
