import { Duplex } from 'node:stream';
import type { TerminalExec, TerminalSpec } from './container-spec.ts';
import { EngineError } from './engine-error.ts';
import { toExecBody } from './exec.ts';
import type { HttpApi } from './http-api.ts';

/**
 * Starts a program with a terminal of its own in a running container, as the container's user unless `user` says otherwise.
 * Source: Engine API, `POST /containers/{id}/exec`, `/exec/{id}/start`, `/exec/{id}/resize`, `GET /exec/{id}/json`.
 */
export async function openTerminal(api: HttpApi, id: string, spec: TerminalSpec): Promise<TerminalExec> {
  const { columns, rows } = spec;
  const body = { ...toExecBody(spec), AttachStdin: true };
  const { Id } = await api.json<{ Id: string }>('POST', `/containers/${id}/exec`, { body });
  const stream = await api.upgrade(`/exec/${Id}/start`, { body: { Detach: false, Tty: true } });
  if (!(stream instanceof Duplex)) {
    stream.destroy();
    throw new EngineError(0, 'the engine gave no connection to what it started');
  }
  const resize = async (width: number, height: number): Promise<void> => {
    // It may have ended: then there is nothing to resize.
    await api.call('POST', `/exec/${Id}/resize`, { query: { w: width, h: height } }).catch(() => undefined);
  };
  await resize(columns, rows);
  return {
    stream,
    resize,
    exitCode: async () => {
      const state = await api.json<{ ExitCode?: number | null }>('GET', `/exec/${Id}/json`);
      return state.ExitCode ?? undefined;
    },
  };
}
