import { Checkpoints } from '../../../demo/recording/checkpoints.ts';
import type { Recording, UnreadableRecording } from '../../../demo/recording/recording.ts';
import { toReplaySource, type Clock } from '../../../demo/recording/replay.ts';
import { foldRunEvent } from '../../../demo/run/fold-run-event.ts';
import { emptyRunView, type RunView } from '../../../demo/run/run-view.ts';
import { ThenRecorded } from '../../../demo/run/then-recorded.ts';
import { countAt, toRunTime, toTimeline, type Timeline } from '../../../demo/recording/timeline.ts';
import type { PlayingRecording } from './panel-session.ts';
import type { ReplayChange } from '../../../stage/stage-schema.ts';
import { toReplayChange, type ReplayAction } from './replay-actions.ts';
import type { LeftPlace } from '../../../stage/fallback.ts';
import { changeReplay, replayPosition, type ReplayState } from '../../../stage/replay-state.ts';

/** Further ahead than this, a checkpoint is quicker than folding on. */
const FAR = 5000;

export interface ReplayPlayerOptions {
  load: () => Promise<Recording | UnreadableRecording>;
  /** How long a silence may last, in ms; asked when the recording is there. */
  idleMs: () => number | undefined;
  clock: Clock;
  /** Called when there is something new to draw. */
  tell: () => void;
}

/** A live run in whose place the recording goes on. */
export interface LeftRun {
  /** Resolves to its view when all of it that is shown has come. */
  live: Promise<RunView>;
  place: LeftPlace;
}

/** Plays one recording on this screen, at the place where the stage says that it is. */
export class ReplayPlayer {
  /** Another object after a jump. */
  view: RunView = emptyRunView();
  timeline: Timeline | undefined;
  /** Why it can't be played. */
  problem: string | undefined;
  state: ReplayState | undefined;
  /** What `state` will be when the stage has carried out what was asked: a second press in a hurry counts from there. */
  #expected: ReplayState | undefined;
  readonly #options: ReplayPlayerOptions;
  #views: Pick<Checkpoints, 'viewAt'> = new Checkpoints([]);
  #answers: { at: number; question: string }[] = [];
  #note: string | undefined;
  /** How many events the view has folded. */
  #count = 0;
  #stop = new AbortController();
  /** Which loading counts: a later one, or putting it away, ends those before. */
  #loading = 0;

  constructor(options: ReplayPlayerOptions) {
    this.#options = options;
  }

  /** Goes to where `state` is now, and plays on, below what a run that was left has shown; undefined puts the recording away. */
  follow(state: ReplayState | undefined, left?: LeftRun): void {
    const isNew = this.state === undefined;
    this.state = state;
    this.#expected = undefined;
    this.#stop.abort();
    this.#stop = new AbortController();
    if (state === undefined) this.#empty();
    else if (isNew) void this.#load(left);
    else this.#play();
  }

  /** What an action asks of the stage for this panel; undefined when there is nothing to do. */
  change(action: ReplayAction, key: string): ReplayChange | undefined {
    const change = toReplayChange(action, key, this.#playing(this.#expected ?? this.state));
    if (change !== undefined)
      this.#expected = changeReplay(this.#expected ?? this.state, change, this.#options.clock.now());
    return change;
  }

  /** Ms on the time line; never behind its end. */
  get position(): number {
    return this.#positionOf(this.state);
  }

  #positionOf(state: ReplayState | undefined): number {
    if (state === undefined) return 0;
    return Math.min(this.timeline?.duration ?? 0, replayPosition(state, this.#options.clock.now()));
  }

  /** Undefined until the recording is read. */
  get playing(): PlayingRecording | undefined {
    return this.#playing(this.state);
  }

  #playing(state: ReplayState | undefined): PlayingRecording | undefined {
    const { timeline } = this;
    if (timeline === undefined || state === undefined) return undefined;
    const position = this.#positionOf(state);
    return { timeline, state, position, answers: this.#answers, note: this.#note };
  }

  /** What the recorded run's own clock shows now, in ms. */
  get runTime(): number {
    return this.timeline === undefined ? 0 : toRunTime(this.timeline, this.position);
  }

  #empty(): void {
    this.#loading += 1;
    this.view = emptyRunView();
    this.timeline = undefined;
    this.problem = undefined;
    this.#views = new Checkpoints([]);
    this.#count = 0;
  }

  /** A recording that is started anew is read anew: a run may have replaced it. */
  async #load(left: LeftRun | undefined): Promise<void> {
    this.#empty();
    const loading = this.#loading;
    const [recording, live] = await Promise.all([this.#options.load(), left?.live]);
    if (loading !== this.#loading) return;
    if ('unreadable' in recording) this.problem = recording.unreadable;
    else {
      this.timeline = toTimeline(recording, this.#options.idleMs());
      this.#views = new Checkpoints(recording.events);
      this.#answers = toAnswers(this.timeline);
      this.#note = toNote(recording);
      if (left !== undefined && live !== undefined)
        this.#goOn(this.timeline, live, left.place, toDate(recording));
    }
    this.#play();
  }

  #goOn(timeline: Timeline, live: RunView, { before }: LeftPlace, date: string): void {
    this.#views = new ThenRecorded({ live, events: timeline.events, before, date });
    this.#count = Math.max(before, countAt(timeline, this.position));
    this.view = this.#views.viewAt(this.#count);
  }

  #play(): void {
    const { timeline, state } = this;
    if (timeline === undefined || state === undefined) return this.#options.tell();
    const count = countAt(timeline, this.position);
    if (count < this.#count || count > this.#count + FAR) {
      this.view = this.#views.viewAt(count);
      this.#count = count;
    }
    this.#options.tell();
    void this.#playOn(timeline, state, this.#stop.signal);
  }

  async #playOn(timeline: Timeline, state: ReplayState, signal: AbortSignal): Promise<void> {
    const source = toReplaySource(timeline, { ...state, clock: this.#options.clock });
    for await (const event of source.events(this.#count, signal)) {
      // Stopped while this one was on its way.
      if (signal.aborted) return;
      foldRunEvent(this.view, event);
      this.#count += 1;
      this.#options.tell();
    }
  }
}

function toAnswers({ events, times }: Timeline): { at: number; question: string }[] {
  return events.flatMap((event, index) =>
    event.type === 'answer' ? [{ at: times[index] ?? 0, question: event.question }] : [],
  );
}

function toDate({ timestamp }: Recording): string {
  return new Date(timestamp * 1000).toISOString().slice(0, 10);
}

/** What a speaker should know of a recording that plays all the same. */
function toNote({ problems, isComplete }: Recording): string | undefined {
  const [first] = problems;
  if (first === undefined) return isComplete ? undefined : 'The recording ends early: it was cut off.';
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
  return `Not all of the recording can be played: ${first}${more}.`;
}
