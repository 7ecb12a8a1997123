import { cloneWithoutText } from '../recording/checkpoints.ts';
import { hasSameSources } from '../recording/recorded-pace.ts';
import type { RunEvent } from './run-event.ts';
import { foldRunEvent, toRunView } from './fold-run-event.ts';
import { type RunView } from './run-view.ts';

const DIM = '\u001b[2m';
const RESET = '\u001b[0m';

export interface ThenRecordedOptions {
  /** The view of the live run when it was left. It becomes the first view that is asked for. */
  live: RunView;
  events: readonly RunEvent[];
  /** How many of the recording's events are not played: it goes on after them in the place of the run. */
  before: number;
  /** When it was recorded. */
  date: string;
}

/**
 * What a panel shows of a live run that was left, and of the recording that goes on in its place: what was printed and built
 * live stays, with a line below it that says so; all else is as it was recorded.
 */
export class ThenRecorded {
  readonly #options: ThenRecordedOptions;
  readonly #live: RunView;
  #isFirst = true;

  constructor(options: ThenRecordedOptions) {
    this.#options = options;
    this.#live = clone(options.live);
  }

  /** The view when `count` events of the recording have come: one to go on folding in. Never before it took over. */
  viewAt(count: number): RunView {
    const { live, events, before, date } = this.#options;
    // A terminal writes on in a view that it knows; another one it begins anew.
    const view = this.#isFirst ? live : clone(this.#live);
    this.#isFirst = false;
    continueRecorded(view, events, before, date);
    for (const event of events.slice(before, Math.max(count, before))) foldRunEvent(view, event);
    return view;
  }
}

function clone(view: RunView): RunView {
  const { transcript, transcriptDropped, transcriptSize } = view;
  return { ...cloneWithoutText(view), transcript: [...transcript], transcriptDropped, transcriptSize };
}

function continueRecorded(view: RunView, events: readonly RunEvent[], before: number, date: string): void {
  const then = toRunView(events.slice(0, before).filter(({ type }) => type !== 'output'));
  // The recorded Dockerfile may be another one: its lines and the live steps would not belong together.
  const sources = events.filter((event) => event.type === 'source');
  const isSame = hasSameSources(view, { sources });
  const live = isSame ? view.steps.filter(({ state }) => state === 'done' || state === 'cached') : [];
  const isLive = (step: { service: string; step: number }) =>
    live.some(({ service, step: number }) => service === step.service && number === step.step);
  const { transcript, transcriptDropped, transcriptSize, answers } = view;
  const steps = [...live, ...then.steps.filter((step) => !isLive(step))];
  // All else is as it was recorded: a key that the recording doesn't have goes, too.
  for (const key of Object.keys(view) as (keyof RunView)[]) delete (view as Partial<RunView>)[key];
  Object.assign(view, then, { transcript, transcriptDropped, transcriptSize, answers, steps });
  const line = `\r\n${DIM}— from here: recorded on ${date} —${RESET}\r\n`;
  view.transcript.push(line);
  view.transcriptSize += line.length;
}
