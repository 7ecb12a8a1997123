import { Duplex } from 'node:stream';
import type { Hook } from '../demo/service.ts';
import type { ProgramEnd } from './container-spec.ts';
import { EngineError } from './engine-error.ts';
import type { HttpApi } from './http-api.ts';
import { toEngineError } from './http-api.ts';

/** Enough for what we ask containers about themselves. */
const SIZE_LIMIT = 64_000;

/**
 * Runs a command in a container, as the container's own user. With a terminal, because then the answer is what was printed
 * and nothing else. Source: Engine API, `POST /containers/{id}/exec` and `POST /exec/{id}/start`.
 */
export async function execInContainer(
  api: HttpApi,
  id: string,
  command: string[],
  signal: AbortSignal,
): Promise<string> {
  return (await runInContainer(api, id, { command }, signal)).printed;
}

/** What the engine is told of a program that gets a terminal in a container: its user and folder are the container's unless it says. */
export function toExecBody({ command, user, workingDir, environment = {}, isPrivileged }: Hook): object {
  return {
    Cmd: command,
    Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    Tty: true,
    AttachStdout: true,
    AttachStderr: true,
    Privileged: isPrivileged === true,
    ...(workingDir === undefined ? {} : { WorkingDir: workingDir }),
    ...(user === undefined ? {} : { User: user }),
  };
}

/** Runs a program in a container to its end. Source: as above, and `GET /exec/{id}/json`. */
export async function runInContainer(
  api: HttpApi,
  id: string,
  program: Hook,
  signal: AbortSignal,
): Promise<ProgramEnd> {
  const body = toExecBody(program);
  const { Id } = await api.json<{ Id: string }>('POST', `/containers/${id}/exec`, { body, signal });
  const start = { Detach: false, Tty: true };
  const answer = await api.stream('POST', `/exec/${Id}/start`, { body: start, signal });
  answer.setEncoding('utf8');
  let text = '';
  try {
    for await (const chunk of answer) if (text.length < SIZE_LIMIT) text += String(chunk);
  } catch (error) {
    throw toEngineError(error, signal);
  }
  const { ExitCode } = await api.json<{ ExitCode: number | null }>('GET', `/exec/${Id}/json`, { signal });
  return { exitCode: ExitCode ?? 0, printed: text.replaceAll('\r\n', '\n') };
}

/** Starts a command in a container and gives its input and output as one stream: to be read in the frames of `attach`. */
export async function openExec(api: HttpApi, id: string, command: string[]): Promise<Duplex> {
  const body = { Cmd: command, Tty: false, AttachStdin: true, AttachStdout: true, AttachStderr: true };
  const { Id } = await api.json<{ Id: string }>('POST', `/containers/${id}/exec`, { body });
  const stream = await api.upgrade(`/exec/${Id}/start`, { body: { Detach: false, Tty: false } });
  if (stream instanceof Duplex) return stream;
  stream.destroy();
  throw new EngineError(0, 'the engine gave no connection to what it started');
}
