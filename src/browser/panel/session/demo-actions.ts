import type { RunView } from '../../../demo/run/run-view.ts';
import { mayRun, type DemoSummary } from '../../../demo/demo-summary.ts';
import type { ReplayState } from '../../../stage/replay-state.ts';
import { replayOf, runOf, type PanelState, type StageRun } from '../../../stage/panel-state.ts';
import { ApiError, callAgain, type Problem } from '../../stage/api.ts';
import { parseServiceAction } from '../../../demo/view.ts';
import type { SessionContext } from './panel-context.ts';
import { InTurn } from './in-turn.ts';
import type { DemoAction } from './demo-action.ts';
import { isReplayAction, type ReplayAction } from './replay-actions.ts';
import type { ReplayPlayer } from './replay-player.ts';

interface ActionParts {
  context: Pick<SessionContext, 'stage' | 'call'>;
  demo(): DemoSummary;
  /** What the stage says of the demo. */
  panel(): PanelState;
  player: Pick<ReplayPlayer, 'change' | 'playing'>;
  /** What the panel draws. */
  view(): RunView;
  /** Resolves when the live run is ready, or never will be; `before` is one that is not meant. */
  isReady(before: RunView | undefined): Promise<void>;
}

/** A key that was pressed twice within this, in ms, means it once. */
const TWICE_MS = 700;

/** What keys and buttons ask of a demo, in the order in which they were pressed. */
export class DemoActions {
  readonly #parts: ActionParts;
  readonly #turns = new InTurn();
  /** The run that this screen asked for and has not seen yet: `asked`, then its id. */
  #started: { id: string | undefined } | undefined;

  constructor(parts: ActionParts) {
    this.#parts = parts;
  }

  /** Throws an `ApiError` with what to tell the speaker. */
  act(action: DemoAction): Promise<void> {
    return this.#turns.run(() => this.#carryOut(action));
  }

  /** The stage shows this run now. */
  seesRun(id: string | undefined): void {
    if (id !== undefined && this.#started?.id === id) this.#started = undefined;
  }

  /** Asks something of the live run, when it is what shows. */
  async onRun(what: string, body?: unknown): Promise<void> {
    const [run, replay] = this.#shown();
    if (run !== undefined && replay === undefined) await this.#call(`/runs/${run.id}/${what}`, body);
  }

  #call(path: string, body?: unknown): Promise<unknown> {
    return this.#parts.context.call('POST', path, body);
  }

  async #carryOut(action: DemoAction): Promise<void> {
    if (isReplayAction(action)) return this.#play(action);
    switch (action) {
      case 'run':
        if (mayRun(this.#parts.demo())) await this.#start();
        else await this.#play('replay');
        break;
      case 'stop':
        await this.#stopWhatPlays();
        break;
      case 'replica':
        await this.onRun('replicas');
        break;
      case 'run-command':
        await this.onRun('commands', { run: true });
        break;
      case 'type-key':
        await this.onRun('commands', { key: true });
        break;
      case 'reset':
        await this.#reset();
        break;
      default:
        await this.#onService(action);
    }
  }

  async #onService(step: string): Promise<void> {
    if (step.startsWith('code:')) return this.#runCode(step.slice('code:'.length));
    if (step.startsWith('type:')) return this.onRun('commands', { type: step.slice('type:'.length) });
    if (step.startsWith('edit:')) return this.onRun('edits', { play: step.slice('edit:'.length) });
    const asked = parseServiceAction(step);
    if (asked === undefined) return;
    await this.onRun(`services/${encodeURIComponent(asked.service)}`, { action: asked.action });
  }

  async #start(): Promise<void> {
    const started: { id: string | undefined } = { id: undefined };
    this.#started = started;
    try {
      const reply = await callAgain(() => this.#call(`/demos/${this.#parts.demo().name}/runs`));
      started.id = (reply as { id: string }).id;
      this.seesRun(runOf(this.#parts.panel())?.id);
    } catch (error) {
      if (this.#started === started) this.#started = undefined;
      throw error;
    }
  }

  /** In the demo, which starts first when it does not run; a recording plays where nothing can run. */
  async #runCode(key: string): Promise<void> {
    const [run, replay] = this.#shown();
    const before = this.#parts.view();
    const isOver = run === undefined || before.exit !== undefined;
    // A recording goes on by itself: its code runs when it comes to it.
    if (replay !== undefined) return;
    if (!mayRun(this.#parts.demo())) return this.#play('replay');
    if (isOver) await this.#start();
    await this.#parts.isReady(isOver ? before : undefined);
    await this.onRun('commands', { code: key });
  }

  async #reset(): Promise<void> {
    await callAgain(() => this.#call(`/demos/${this.#parts.demo().name}/reset`));
  }

  async #stopWhatPlays(): Promise<void> {
    const [run, replay] = this.#shown();
    const id = this.#started === undefined ? run?.id : this.#started.id;
    const isWaiting = this.#started !== undefined && id === undefined;
    // A start that still waits for the run before is taken back.
    if (replay !== undefined || isWaiting) await this.#reset();
    else if (id !== undefined) await this.#parts.context.call('DELETE', `/runs/${id}`);
  }

  /** What the panel shows stays when there is no recording. */
  async #play(action: ReplayAction): Promise<void> {
    const { context, player } = this.#parts;
    const { stage } = context;
    const demo = this.#parts.demo();
    if (startsToPlay(action) && demo.recording === undefined) throw new ApiError(nothingToPlay(demo));
    if (this.#asksToGoOn(action)) await stage.change({ type: 'fallback', demo: demo.name, take: true });
    else {
      const change = player.change(action, demo.name);
      if (change === undefined) return;
      const isHeld = change.type === 'replay-pause';
      // It may have been put away by now: then the key plays it.
      await stage.change(isHeld ? { ...change, orPlay: true } : change);
    }
    await stage.seesItsChanges();
  }

  /** The run and the recording that the panel shows. */
  #shown(): [StageRun | undefined, ReplayState | undefined] {
    const panel = this.#parts.panel();
    return [runOf(panel), replayOf(panel)];
  }

  /** Where a live run is or was, its recording goes on from there. */
  #asksToGoOn(action: ReplayAction): boolean {
    const [run, replay] = this.#shown();
    if (!startsToPlay(action)) return false;
    // While it is loaded a run may have begun: the server knows.
    if (replay === undefined || this.#parts.player.playing === undefined) return true;
    return run !== undefined && this.#parts.context.stage.now() - (replay.startedAt ?? 0) < TWICE_MS;
  }
}

function startsToPlay(action: ReplayAction): boolean {
  return action === 'replay' || action === 'hold';
}

/** A demo that can't run because of its file says where that is wrong. */
function nothingToPlay({ title, problem, noEngine }: DemoSummary): Problem {
  if (problem !== undefined && noEngine !== true) return { detail: problem.message, hint: problem.hint };
  const detail = `There is no recording of ${title} yet.`;
  return { detail, hint: problem?.hint ?? 'Run it to its end once: Deckhand records it.' };
}
