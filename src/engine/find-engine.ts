import { homedir } from 'node:os';
import { UserError } from '../demo/user-error.ts';
import { type Candidate, listCandidates } from './candidates.ts';
import { connectEngine } from './connect.ts';
import type { Engine } from './engine.ts';

export interface FindOptions {
  /** `--engine`: an address as in DOCKER_HOST. */
  engine?: string | undefined;
  env?: NodeJS.ProcessEnv;
  home?: string;
  platform?: NodeJS.Platform;
  /** How long one candidate may take to answer; ssh needs seconds. */
  timeoutMs?: number;
}

export type FoundEngine =
  | { engine: Engine; /** For people: which was taken, and why. */ why: string }
  | { engine?: undefined; problem: UserError };

/**
 * Looks for an engine: `--engine`, DOCKER_HOST, the docker command's current context, then the usual sockets. The first three are
 * asked for by name, so that nothing else is tried when they don't answer. That there is none is a normal answer.
 */
export async function findEngine(options: FindOptions = {}): Promise<FoundEngine> {
  const { env = process.env, home = homedir(), platform = process.platform, timeoutMs = 3000 } = options;
  const candidates = await listCandidates({ asked: options.engine, env, home, platform });
  // The docker command's own switch. Source: docker/cli, DOCKER_BUILDKIT.
  const noBuildkit = env['DOCKER_BUILDKIT'] === '0';
  const tried: string[] = [];
  for (const candidate of candidates) {
    try {
      const engine = await connectEngine(candidate.endpoint, { timeoutMs, noBuildkit });
      return { engine, why: `${engine.facts.name} at ${engine.facts.endpoint}, from ${candidate.why}` };
    } catch (error) {
      tried.push(`${candidate.why}: ${reasonOf(error)}`);
    }
  }
  return { problem: toProblem(candidates, tried) };
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return 'there is no such socket';
  if (code === 'ECONNREFUSED') return 'nobody listens there';
  if (code === 'EACCES') return 'you may not open that socket (are you in the group "docker"?)';
  return error instanceof Error ? error.message : String(error);
}

function toProblem(candidates: readonly Candidate[], tried: readonly string[]): UserError {
  const isAsked = candidates.some(({ isAsked: asked }) => asked);
  if (isAsked) {
    return new UserError(
      'no-engine',
      `The engine does not answer: ${tried.join('; ')}.`,
      'Start it, or ask for another one with --engine.',
    );
  }
  const denied = tried.find((text) => text.includes('you may not open'));
  if (denied !== undefined) {
    return new UserError(
      'no-engine',
      `No engine that may be used: ${denied}.`,
      'Join that group (`sudo usermod -aG docker $USER`), then log in again.',
    );
  }
  return new UserError(
    'no-engine',
    'No Docker or Podman engine answers on this machine.',
    'Start Docker Desktop, OrbStack, Colima, dockerd or `podman system service`; recordings play meanwhile.',
  );
}
