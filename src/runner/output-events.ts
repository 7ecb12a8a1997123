import type { RunEventBody } from '../demo/run/run-event.ts';
import type { OutputOrigin } from './output-gate.ts';

/**
 * Output events of what is printed, in its order. Where lines are named, each says what is in the terminal's line where it begins: the
 * beginning of its own line, another container's unfinished one, or nothing.
 */
export function toOutputEvents(
  emit: (event: Extract<RunEventBody, { type: 'output' }>) => void,
): (origin: OutputOrigin, text: string) => void {
  /** Whose line isn't finished. */
  let openBy: string | undefined;
  return (origin, text) => {
    const { service, number = 1, isNamed } = origin;
    const by = `${service}/${number}`;
    const before = openBy;
    openBy = text.endsWith('\n') ? undefined : by;
    const isAfter =
      isNamed !== true || before === undefined ? {} : ({ after: before === by ? 'own' : 'other' } as const);
    emit({ type: 'output', ...origin, ...isAfter, text });
  };
}
