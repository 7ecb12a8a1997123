import type { RunEventBody } from '../demo/run/run-event.ts';
import { UserError } from '../demo/user-error.ts';
import { BuildFailure, EngineError } from '../engine/engine-error.ts';

type ErrorEvent = Extract<RunEventBody, { type: 'error' }>;

/** What went wrong, for the panel; undefined when it is a bug of ours. */
export function toErrorEvent(error: unknown): ErrorEvent | undefined {
  if (error instanceof UserError) {
    return { type: 'error', code: error.code, message: error.message, hint: error.hint };
  }
  if ((error instanceof BuildFailure || error instanceof EngineError) && error.isDiskFull) {
    const message = 'The disk that the engine writes to is full.';
    const event = toEvent('disk-full', message, 'Make room: `docker system prune`.');
    return error instanceof EngineError || error.line === undefined ? event : { ...event, line: error.line };
  }
  if (error instanceof BuildFailure) {
    const event = toEvent(
      'build-failed',
      error.message,
      'The output of the step says why. Fix that line and run again.',
    );
    return error.line === undefined ? event : { ...event, line: error.line };
  }
  if (error instanceof EngineError && error.isUnreachable) {
    const hint = 'Start the engine again; recordings play meanwhile.';
    return toEvent('engine-gone', 'The engine stopped answering.', hint);
  }
  if (error instanceof EngineError) {
    return toEvent(
      'engine-refused',
      `The engine refused: ${error.message}`,
      'Correct what it names, and run again.',
    );
  }
  return undefined;
}

/** The same for whoever asked for it: an error for people, or the bug itself. */
export function toUserError(error: unknown): unknown {
  const known = toErrorEvent(error);
  return known === undefined ? error : new UserError(known.code, known.message, known.hint, { cause: error });
}

function toEvent(code: string, message: string, hint: string): ErrorEvent {
  return { type: 'error', code, message, hint };
}
