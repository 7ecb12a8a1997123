import { hasSameSources, toPace } from './recorded-pace.ts';
import type { RunEvent } from './run-event.ts';
import { toRunView, type RunView } from './run-view.ts';

const DIM = '\u001b[2m';
const RESET = '\u001b[0m';

/**
 * Makes the view of a live run that was left one that goes on from the recording, in place: what was printed and what was
 * built live stays, with a line that says so below it; all else is as the recording had it at `position`, a time on its time
 * line. The recording's events from `position` on can then be folded into it. `date` is when it was recorded.
 */
export function continueRecorded(
  view: RunView,
  recorded: readonly RunEvent[],
  position: number,
  date: string,
): void {
  const before = recorded.filter((event) => event.at < position && event.type !== 'output');
  const then = toRunView(before);
  // The recording's Dockerfile may be another one: its lines and the live steps would not belong together.
  const isSame = hasSameSources(view, toPace(recorded));
  const live = isSame ? view.steps.filter(({ state }) => state === 'done' || state === 'cached') : [];
  const isLive = (step: { service: string; step: number }) =>
    live.some(({ service, step: number }) => service === step.service && number === step.step);
  const { transcript, transcriptDropped, transcriptSize, answers } = view;
  const steps = [...live, ...then.steps.filter((step) => !isLive(step))];
  for (const key of ['readyAt', 'reached', 'earlierBuildMs', 'app', 'snapshot', 'error', 'exit'] as const)
    delete view[key];
  Object.assign(view, then, { transcript, transcriptDropped, transcriptSize, answers, steps });
  const line = `\r\n${DIM}— from here: recorded on ${date} —${RESET}\r\n`;
  view.transcript.push(line);
  view.transcriptSize += line.length;
}
