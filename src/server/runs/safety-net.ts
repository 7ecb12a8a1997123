import type { Demo } from '../../demo/demo.ts';
import type { PacedMoment, RecordedPace } from '../../demo/recording/recorded-pace.ts';
import { commandPosition, matchingPosition } from '../../demo/recording/recorded-place.ts';
import type { RunEvent } from '../../demo/run/run-event.ts';
import { foldRunEvent } from '../../demo/run/fold-run-event.ts';
import { emptyRunView, type RunView } from '../../demo/run/run-view.ts';
import type { FallbackOffer } from '../../stage/fallback.ts';
import type { FallbackRequest } from '../../stage/stage-schema.ts';
import { offerOf, panelOf } from '../../stage/panel-state.ts';
import { UserError } from '../../demo/user-error.ts';
import { CommandWatch, type CommandTrouble } from './command-watch.ts';
import type { LiveRun } from './live-run.ts';
import { ShownRun, showsFailure } from './shown-run.ts';
import type { Stage } from '../stage.ts';

/** What can be done for a demo whose live run does not work out. */
export interface SafetyPlan extends Pick<Demo, 'budgetMs' | 'fallback' | 'commands'> {
  /** Of the recording that can go on; undefined when there is none. */
  pace: RecordedPace | undefined;
  /** Whether there is a recording at all: one that never got ready plays only from its beginning. */
  isRecorded?: boolean;
}

export type PlanOf = (demo: string) => SafetyPlan | undefined;

type Trouble = Pick<FallbackOffer, 'reason' | 'message' | 'hint'>;

interface GuardedRun {
  id: string;
  demo: string;
  shown: ShownRun;
  plan: SafetyPlan | undefined;
  /** What the run was doing, up to its failure. */
  view: RunView;
  /** How many events may be shown when it is left now: all, or those before its failure. */
  count: number;
  course: Course;
}

/** How a run does. What the screens show of it is another matter: that is the panel's state, and the offer on it. */
type Course =
  | { is: 'running'; command?: CommandTrouble | undefined }
  /** Nothing of it may be seen from there on, until somebody decides. */
  | { is: 'failed' }
  | { is: 'over' };

const RUNNING: Course = { is: 'running' };

/** A timer that is set for longer goes off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Watches live runs. When one fails or is not ready within its budget, the recording goes on in its place, by itself or after
 * the speaker was asked, as the demo says. Until that is decided no screen shows the failure. A run that was left is stopped,
 * even if it was merely slow: what it built stays in the engine's cache, so the next run gets there sooner.
 */
export class SafetyNet {
  readonly #stage: Stage;
  readonly #planOf: PlanOf;
  /** The newest run of each demo. */
  readonly #runs = new Map<string, GuardedRun>();

  constructor(stage: Stage, planOf: PlanOf) {
    this.#stage = stage;
    this.#planOf = planOf;
    let hadSpeaker = false;
    stage.listen(() => {
      const { hasSpeaker = false } = stage.state;
      const isLost = hadSpeaker && !hasSpeaker;
      hadSpeaker = hasSpeaker;
      if (isLost) for (const run of this.#runs.values()) this.#askNobody(run);
    });
  }

  /** The run as the screens may see it. */
  guard(id: string, demo: string, live: LiveRun): ShownRun {
    const plan = this.#planOf(demo);
    const shown = new ShownRun(live);
    const view = emptyRunView();
    const run: GuardedRun = { id, demo, shown, plan, view, count: 0, course: RUNNING };
    this.#runs.set(demo, run);
    if (plan?.pace === undefined || plan.fallback === 'never') shown.release();
    shown.onStop = () => this.#withdraw(run);
    void this.#watch(run, live);
    return shown;
  }

  /** Carries out what the speaker wishes. Throws an `ApiProblem` when there is nothing to continue from. */
  decide({ demo, take, answers }: Omit<FallbackRequest, 'type'>): void {
    const run = this.#runs.get(demo);
    const panel = panelOf(this.#stage.state, demo);
    // An answer that comes when the run got ready, or failed after it was slow, is not to what is asked now.
    if (answers !== undefined && offerOf(panel)?.since !== answers) return;
    if (run === undefined || !this.#isShown(run)) {
      // Pressed twice: it goes on already.
      if (take && panel.shows !== 'continued') this.#playFromBeginning(demo);
      return;
    }
    if (!take) return this.#keepWaiting(run);
    const endedWell = run.course.is === 'over' || (run.course.is === 'running' && run.shown.isStopping);
    if (endedWell) this.#playFromBeginning(demo);
    else this.#goOn(run);
  }

  /** What the panel shows stays when there is nothing to play. */
  #playFromBeginning(demo: string): void {
    const plan = this.#planOf(demo);
    if (plan?.pace === undefined && plan?.isRecorded !== true) throw noRecording(demo);
    this.#stage.change({ type: 'replay', demo });
  }

  async #watch(run: GuardedRun, live: LiveRun): Promise<void> {
    const budgetMs = Math.min(run.plan?.budgetMs ?? 0, LONGEST_TIMER_MS);
    const slow = setTimeout(() => this.#trouble(run, toSlow(budgetMs)), budgetMs);
    const commands = new CommandWatch(run.plan?.commands ?? [], (trouble) =>
      this.#commandTrouble(run, trouble),
    );
    for await (const event of live.events(0, new AbortController().signal)) {
      this.#fold(run, event);
      commands.hear(event, run.view);
      if (event.type === 'phase' && event.phase === 'ready') {
        clearTimeout(slow);
        this.#withdraw(run);
      }
      if (event.type === 'error') {
        clearTimeout(slow);
        this.#trouble(run, { reason: 'failed', message: event.message, hint: event.hint });
      }
    }
    clearTimeout(slow);
    commands.close();
    if (run.course.is === 'running') run.course = { is: 'over' };
  }

  /** A command is typed while everybody looks: there is nothing to hide, but the recording may show it as it should be. */
  #commandTrouble(run: GuardedRun, trouble: CommandTrouble | undefined): void {
    if (run.course.is !== 'running') return;
    const wasInTrouble = run.course.command !== undefined;
    run.course = RUNNING;
    if (trouble === undefined) {
      if (wasInTrouble) this.#withdraw(run);
      return;
    }
    if (placeInRecording(run, trouble) === undefined) return;
    run.course = { is: 'running', command: trouble };
    const { reason, message, hint } = trouble;
    this.#trouble(run, { reason, message, hint });
  }

  #fold(run: GuardedRun, event: RunEvent): void {
    if (showsFailure(event)) run.course = { is: 'failed' };
    const hasFailed = run.course.is === 'failed';
    if (!hasFailed && event.type !== 'output') foldRunEvent(run.view, event);
    if (!hasFailed || run.shown.isDecided) run.count += 1;
  }

  #trouble(run: GuardedRun, trouble: Trouble): void {
    if (run.shown.isDecided) return;
    // Nobody looks at it: a recording covers it, or the next run has come.
    if (!this.#isShown(run)) run.shown.release();
    else if (run.plan?.fallback === 'auto') this.#goOn(run);
    else if (trouble.reason === 'failed' && this.#stage.state.hasSpeaker !== true) this.#showFailure(run);
    else {
      const offer = { ...trouble, since: this.#since(run), isSeen: false };
      this.#stage.change({ type: 'offer', demo: run.demo, offer });
    }
  }

  /** Later than that of the offer before: an answer says by it which one it means. */
  #since({ demo }: GuardedRun): number {
    const { now } = this.#stage.state;
    const before = offerOf(panelOf(this.#stage.state, demo))?.since;
    return before === undefined ? now : Math.max(now, before + 1);
  }

  /** The last speaker view went while an offer was open. A slow run is then offered on the panel itself. */
  #askNobody(run: GuardedRun): void {
    const offer = offerOf(panelOf(this.#stage.state, run.demo));
    if (offer === undefined || !this.#isShown(run)) return;
    if (run.course.is === 'failed') this.#showFailure(run);
    else this.#stage.change({ type: 'offer', demo: run.demo, offer: { ...offer, isSeen: false } });
  }

  #showFailure(run: GuardedRun): void {
    run.shown.release();
    this.#withdraw(run);
  }

  #keepWaiting(run: GuardedRun): void {
    if (run.course.is === 'failed') return this.#showFailure(run);
    if (run.course.is === 'running') run.course = RUNNING;
    this.#withdraw(run);
  }

  #withdraw(run: GuardedRun): void {
    const isOffered = offerOf(panelOf(this.#stage.state, run.demo)) !== undefined;
    if (isOffered && this.#isShown(run)) {
      this.#stage.change({ type: 'offer', demo: run.demo, offer: undefined });
    }
  }

  #goOn(run: GuardedRun): void {
    const { plan, view, demo, count, shown, course } = run;
    if (plan?.pace === undefined) throw noRecording(demo);
    shown.leave(count);
    const command = course.is === 'running' ? course.command : undefined;
    const { place, before } = placeInRecording(run, command) ?? matchingPosition(view, plan.pace);
    this.#stage.change({ type: 'go-on', demo, left: { at: place, before } });
    shown.stop();
  }

  #isShown({ demo, id }: GuardedRun): boolean {
    const panel = panelOf(this.#stage.state, demo);
    return panel.shows === 'live' && panel.run.id === id;
  }
}

/** Where the recording runs that command. */
function placeInRecording(
  { plan }: GuardedRun,
  command: CommandTrouble | undefined,
): PacedMoment | undefined {
  if (command === undefined || plan?.pace === undefined) return undefined;
  return commandPosition(plan.pace, command.name, command.times);
}

function toSlow(budgetMs: number): Trouble {
  const message = `Not ready within its budget of ${Math.round(budgetMs / 1000)} s.`;
  return { reason: 'slow', message, hint: 'It may still get there.' };
}

function noRecording(demo: string): UserError {
  const detail = `"${demo}" has no recording to continue from.`;
  const hint = 'Run it once to its end: Deckhand records it.';
  return new UserError('no-recording', detail, hint);
}
