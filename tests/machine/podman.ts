import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import Dockerode from 'dockerode';
import { BASE_IMAGE, finish } from './base-image.ts';
import { startDaemon } from './daemon.ts';
import { canInstall, ensurePackages } from './packages.ts';
import { type Log, which } from './shell.ts';

export interface TestPodman extends AsyncDisposable {
  socket: string;
}

/** A Podman of our own beside Docker, with its own storage, its base image copied from Docker. Needs root. */
export async function preparePodman(dockerSocket: string, log: Log): Promise<TestPodman | undefined> {
  if (!(await canInstall())) return undefined;
  // runc: crun refuses machines that still have the first version of cgroups.
  if ((await which('podman')) === undefined || (await which('runc')) === undefined) {
    await ensurePackages(['podman', 'runc', 'netavark', 'aardvark-dns'], log);
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'deckhand-podman-'));
  const socket = path.join(folder, 'podman.sock');
  const docker = new Dockerode({ socketPath: dockerSocket, timeout: 600_000 });
  const podman = new Dockerode({ socketPath: socket, timeout: 600_000 });
  log('starting Podman on a socket of its own (podman system service)');
  const daemon = await startDaemon('env', await toCommand(folder, socket), {
    logFile: path.join(folder, 'podman.log'),
    answers: async () =>
      podman.ping().then(
        () => true,
        () => false,
      ),
    seconds: 30,
  });
  const end = async (): Promise<void> => {
    await daemon[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await copyBaseImage(docker, podman);
  } catch (error) {
    await end();
    throw error;
  }
  return { socket, [Symbol.asyncDispose]: end };
}

async function toCommand(folder: string, socket: string): Promise<string[]> {
  const configuration = path.join(folder, 'containers.conf');
  // Podman's own defaults are more than some machines allow a container to have.
  const limits = '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]\n';
  await writeFile(configuration, limits);
  const storage = path.join(
    process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'),
    'deckhand-tests',
    'podman',
  );
  await mkdir(storage, { recursive: true });
  // Its database keeps the second of these, and refuses another the next time.
  const where = ['--root', storage, '--runroot', '/run/deckhand-tests/podman'];
  const how = ['--runtime', (await which('runc')) ?? 'runc', '--cgroup-manager', 'cgroupfs'];
  const service = ['system', 'service', '--time=0', `unix://${socket}`];
  return [`CONTAINERS_CONF=${configuration}`, 'podman', ...where, ...how, ...service];
}

async function copyBaseImage(docker: Dockerode, podman: Dockerode): Promise<void> {
  const name = `docker.io/library/${BASE_IMAGE}`;
  const isThere = await podman
    .getImage(name)
    .inspect()
    .then(
      () => true,
      () => false,
    );
  if (isThere) return;
  await finish(await podman.loadImage(await docker.getImage(BASE_IMAGE).get()));
  const [repo = '', tag = ''] = name.split(':');
  // It is loaded as localhost/…; Docker's names mean docker.io.
  await podman.getImage(`localhost/${BASE_IMAGE}`).tag({ repo, tag });
}
