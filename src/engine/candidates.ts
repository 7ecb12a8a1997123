import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { readCertificates, readDockerContext } from './docker-context.ts';
import { type Endpoint, parseEndpoint } from './endpoint.ts';

export interface Candidate {
  endpoint: Endpoint;
  /** For people: who named it. */
  why: string;
  /** The user asked for this one, so that no other may be taken instead. */
  isAsked: boolean;
}

interface Where {
  asked: string | undefined;
  env: NodeJS.ProcessEnv;
  home: string;
  platform: NodeJS.Platform;
}

/** The engines to try, in order. */
export async function listCandidates(where: Where): Promise<Candidate[]> {
  const { asked, env, home } = where;
  if (asked !== undefined) return [{ endpoint: parseEndpoint(asked), why: '--engine', isAsked: true }];
  const host = env['DOCKER_HOST'];
  if (host !== undefined && host !== '') {
    return [{ endpoint: await fromDockerHost(host, env, home), why: 'DOCKER_HOST', isAsked: true }];
  }
  const context = await readDockerContext(dockerFolder(env, home), env);
  if (context !== undefined) {
    return [{ endpoint: context.endpoint, why: `the docker context "${context.name}"`, isAsked: true }];
  }
  const sockets = usualSockets(where);
  const existing = await Promise.all(
    sockets.map(async (socket) => ((await mayExist(socket.path)) ? [socket] : [])),
  );
  return existing.flat().map((socket) => ({
    endpoint: { kind: 'socket', path: socket.path },
    why: socket.why,
    isAsked: false,
  }));
}

/** Source: docker/cli, environment variables DOCKER_HOST, DOCKER_TLS_VERIFY, DOCKER_TLS, DOCKER_CERT_PATH. */
async function fromDockerHost(host: string, env: NodeJS.ProcessEnv, home: string): Promise<Endpoint> {
  const isVerified = (env['DOCKER_TLS_VERIFY'] ?? '') !== '';
  if (!isVerified && (env['DOCKER_TLS'] ?? '') === '') return parseEndpoint(host);
  const certificates = await readCertificates(env['DOCKER_CERT_PATH'] ?? dockerFolder(env, home));
  return parseEndpoint(host, { ...certificates, rejectUnauthorized: isVerified });
}

/** Where the docker command keeps its configuration. */
function dockerFolder(env: NodeJS.ProcessEnv, home: string): string {
  return env['DOCKER_CONFIG'] ?? path.join(home, '.docker');
}

interface Socket {
  path: string;
  why: string;
}

function usualSockets({ env, home, platform }: Where): Socket[] {
  if (platform === 'win32') {
    return [
      { path: '//./pipe/docker_engine', why: 'the usual named pipe' },
      { path: '//./pipe/dockerDesktopLinuxEngine', why: "Docker Desktop's named pipe" },
      { path: '//./pipe/podman-machine-default', why: "Podman's named pipe" },
    ];
  }
  const runtime = env['XDG_RUNTIME_DIR'] ?? `/run/user/${process.getuid?.() ?? 1000}`;
  const inHome = (...parts: string[]): string => path.join(home, ...parts);
  return [
    { path: '/var/run/docker.sock', why: 'the usual socket' },
    { path: inHome('.docker/run/docker.sock'), why: "Docker Desktop's socket" },
    { path: inHome('.docker/desktop/docker.sock'), why: "Docker Desktop's socket" },
    { path: path.join(runtime, 'docker.sock'), why: "rootless Docker's socket" },
    { path: inHome('.colima/default/docker.sock'), why: "Colima's socket" },
    { path: inHome('.config/colima/default/docker.sock'), why: "Colima's socket" },
    { path: inHome('.orbstack/run/docker.sock'), why: "OrbStack's socket" },
    { path: inHome('.rd/docker.sock'), why: "Rancher Desktop's socket" },
    { path: path.join(runtime, 'podman/podman.sock'), why: "rootless Podman's socket" },
    { path: '/run/podman/podman.sock', why: "Podman's socket" },
    { path: inHome('.local/share/containers/podman/machine/podman.sock'), why: "Podman machine's socket" },
  ];
}

/** Named pipes can't be looked for, only opened. */
async function mayExist(file: string): Promise<boolean> {
  if (file.startsWith('//./')) return true;
  return access(file, constants.F_OK).then(
    () => true,
    () => false,
  );
}
