import { UserError } from '../../demo/user-error.ts';
import type { Hook } from '../../demo/service.ts';
import type { RunContext, StartedContainer } from '../run-context.ts';
import { say } from './say.ts';

/** What a hook may take, in ms: one that hangs must not hold the talk. */
const MAX_MS = 60_000;
/** And when its container is to stop. */
const STOP_MS = 10_000;

/** Runs what `post_start` names, one after the other. Throws a `UserError` when one fails. */
export async function runPostStart(context: RunContext, container: StartedContainer): Promise<void> {
  const limit = AbortSignal.any([context.signal, AbortSignal.timeout(MAX_MS)]);
  for (const hook of container.service.postStart ?? []) {
    const exitCode = await runHook(context, container, 'post_start', hook, limit);
    if (exitCode === 0) continue;
    const message = `post_start of "${container.service.name}" ended with ${exitCode}: ${hook.command.join(' ')}`;
    throw new UserError('hook-failed', message, 'The lines above it say why.');
  }
}

/** Runs what `pre_stop` names. One that fails is told: the container stops all the same. */
export async function runPreStop(context: RunContext, container: StartedContainer): Promise<void> {
  const limit = AbortSignal.timeout(STOP_MS);
  for (const hook of container.service.preStop ?? []) {
    const exitCode = await runHook(context, container, 'pre_stop', hook, limit).catch(() => undefined);
    if (exitCode !== 0)
      say(context, container.service.name, `✗ pre_stop ended with ${exitCode ?? 'no answer'}`);
  }
}

/** What it prints stands among what the service prints. Resolves to its exit code. */
export async function runHook(
  context: RunContext,
  { id, service }: StartedContainer,
  when: string,
  hook: Hook,
  signal: AbortSignal,
): Promise<number> {
  say(context, service.name, `↻ ${when}: ${hook.command.join(' ')}`);
  const { exitCode, printed } = await context.engine.runInContainer(id, hook, signal);
  if (printed.trim() !== '') say(context, service.name, printed.trimEnd());
  return exitCode;
}
