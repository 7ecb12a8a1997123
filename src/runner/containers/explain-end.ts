import { constants } from 'node:os';
import type { Service } from '../../demo/service.ts';
import { UserError } from '../../demo/user-error.ts';
import type { ContainerState } from '../../engine/container-spec.ts';
import type { RunContext } from '../run-context.ts';

/** Says for people why a container that should run does not. */
export function explainEnd(context: RunContext, service: Service, state: ContainerState): UserError {
  const where = `demos/${context.demo.name}/compose.yaml`;
  if (state.oomKilled) {
    const megabytes = Math.round(service.memoryBytes / 1024 ** 2);
    const message = `"${service.name}" exceeded its ${megabytes} MB memory limit and was killed.`;
    return new UserError(
      'out-of-memory',
      message,
      `Raise mem_limit in ${where} (up to 4g), or make it want less.`,
    );
  }
  const signal = signalOf(state.exitCode);
  if (signal !== undefined) {
    const message = `"${service.name}" was ended by ${signal}.`;
    return new UserError(
      'container-killed',
      message,
      'It was stopped by hand, or killed for lack of memory. Start it again.',
    );
  }
  const message = `"${service.name}" ended with exit code ${state.exitCode}${state.error === '' ? '' : `: ${state.error}`}.`;
  return new UserError('container-ended', message, 'What it printed last says why.');
}

/** Shells and engines report an end by signal n as 128 + n. */
function signalOf(exitCode: number): string | undefined {
  const number = exitCode - 128;
  const entry = Object.entries(constants.signals).find(([, value]) => value === number);
  return number > 0 ? entry?.[0] : undefined;
}
