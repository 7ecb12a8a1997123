import { createEngine } from './docker-engine.ts';
import { type Endpoint, isRemote, toAddress } from './endpoint.ts';
import type { Engine, EngineFacts } from './engine.ts';
import { EngineError } from './engine-error.ts';
import { toReach } from './reach/reach.ts';
import { createHttpApi, type HttpApi } from './http-api.ts';

/** The newest Engine API version whose answers were read while this was written. */
const NEWEST = '1.47';

/** Asks who is there, agrees on a version of the API, and gives the engine. Fails when nobody answers in time. */
export async function connectEngine(
  endpoint: Endpoint,
  { timeoutMs, noBuildkit }: { timeoutMs: number; noBuildkit?: boolean },
): Promise<Engine> {
  const bare = createHttpApi(endpoint);
  try {
    const signal = AbortSignal.timeout(endpoint.kind === 'ssh' ? timeoutMs * 4 : timeoutMs);
    const { apiVersion, builder, flavour } = await ask(bare, signal);
    const api = bare.at(apiVersion);
    const facts = await describe(api, endpoint, signal);
    return createEngine(api, toReach(api, endpoint), {
      ...facts,
      apiVersion,
      builder: noBuildkit === true ? 'classic' : builder,
      flavour,
    });
  } catch (error) {
    bare.close();
    throw isTimeout(error)
      ? new EngineError(0, `no answer within ${timeoutMs / 1000} s`, { cause: error })
      : error;
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

/** Source: Engine API, `GET /_ping`: the version in `Api-Version`, the builder in `Builder-Version`. */
async function ask(
  api: HttpApi,
  signal: AbortSignal,
): Promise<Pick<EngineFacts, 'apiVersion' | 'builder' | 'flavour'>> {
  const answer = await api.stream('GET', '/_ping', { signal });
  answer.resume();
  const { headers } = answer;
  const offered = String(headers['api-version'] ?? '1.40');
  const flavour = headers['libpod-api-version'] === undefined ? 'docker' : 'podman';
  const isOld = compareVersions(offered, '1.39') < 0;
  // Before 23.0 the header is absent, and BuildKit there all the same; '1' says that it is switched off.
  const offersBuildkit =
    headers['builder-version'] === '2' ||
    headers['builder-version'] === undefined ||
    headers['builder-version'] === '';
  const builder =
    flavour === 'docker' && offersBuildkit && !isOld && headers['ostype'] !== 'windows'
      ? 'buildkit'
      : 'classic';
  return { apiVersion: compareVersions(offered, NEWEST) < 0 ? offered : NEWEST, flavour, builder };
}

function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}

interface VersionBody {
  Version: string;
  Os: string;
  Arch: string;
  Platform?: { Name: string };
}

interface InfoBody {
  Name: string;
  KernelVersion: string;
  OperatingSystem: string;
}

async function describe(
  api: HttpApi,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<Omit<EngineFacts, 'apiVersion' | 'builder' | 'flavour'>> {
  const [version, info] = await Promise.all([
    api.json<VersionBody>('GET', '/version', { signal }),
    api.json<InfoBody>('GET', '/info', { signal }),
  ]);
  return {
    name: `${nameOf(version.Platform?.Name, info.OperatingSystem)} ${version.Version}`,
    platform: `${version.Os}/${version.Arch}`,
    endpoint: toAddress(endpoint),
    isRemote: isRemote(endpoint),
    needsRelay: isRemote(endpoint) && endpoint.kind !== 'ssh',
    hostName: info.Name,
    kernel: info.KernelVersion,
  };
}

function nameOf(platform: string | undefined, operatingSystem: string): string {
  if (operatingSystem === 'Docker Desktop') return 'Docker Desktop, Docker Engine';
  return platform?.startsWith('linux/') === true || operatingSystem.includes('podman')
    ? 'Podman'
    : 'Docker Engine';
}
