import { emptyRunView, foldRunEvent, type RunView } from '../../demo/run-view.ts';
import { mayRun, type DemoSummary } from '../../demo/demo-summary.ts';
import { toProgress } from '../../demo/progress.ts';
import type { PanelState, StageState } from '../../stage/stage-state.ts';
import type { PanelContext } from '../panels.ts';
import type { DemoAction } from './panel-host.ts';
import { ApiError, callAgain } from '../stage/api.ts';
import { loadRecording, recordingUrl } from './load-recording.ts';
import { toLiveSource } from './live-source.ts';
import { browserClock } from './browser-clock.ts';
import { BesideRecording } from './beside-recording.ts';
import type { Origin, PanelSession, PlayingRecording, SafetyState } from './panel-session.ts';
import { isReplayAction } from './replay-actions.ts';
import { isSameQuestion } from './same-question.ts';
import { TouchSender } from './touch-sender.ts';
import { ReplayPlayer, type LeftRun } from './replay-player.ts';

/** What a session needs of its page. */
export type SessionContext = Pick<PanelContext, 'stage' | 'call' | 'listen'>;

/** One demo on this screen: folds the events of whatever the stage says is playing. */
export class DemoSession implements PanelSession {
  demo: DemoSummary;
  origin: Origin = 'none';
  chosenView: string | undefined;
  touched: PanelSession['touched'] = {};
  #touch: TouchSender;
  readonly terminalSize = undefined;
  #context: SessionContext;
  #live: RunView = emptyRunView();
  /** When the newest event of the run came, by this screen's clock, in ms. */
  #heardAt = 0;
  #player: ReplayPlayer;
  #beside: BesideRecording;
  #panel: PanelState = {};
  /** Resolves when the run has ended, or was left. */
  #followed: Promise<RunView> = Promise.resolve(this.#live);
  #stop = new AbortController();
  #listeners = new Set<() => void>();

  constructor(name: string, context: SessionContext) {
    this.#context = context;
    this.#touch = new TouchSender(context.stage);
    const missing = { name, title: name, views: [], sources: [], canRun: false };
    this.demo = context.stage.demos.find((demo) => demo.name === name) ?? missing;
    this.#beside = new BesideRecording(
      () => loadRecording(recordingUrl(this.demo, 'run.cast')),
      () => this.demo.idleMs,
    );
    this.#player = new ReplayPlayer({
      load: () => this.#beside.read(),
      idleMs: () => this.demo.idleMs,
      clock: browserClock(() => context.stage.now()),
      tell: () => this.#tell(),
    });
    context.stage.listen({
      stage: (state) => this.#follow(state),
      demos: (demos) => {
        this.demo = demos.find((demo) => demo.name === name) ?? this.demo;
        this.#tell();
      },
    });
    this.#follow(context.stage.state);
  }

  get view(): RunView {
    // The run stays until the recording can go on.
    const isLive = this.origin !== 'recorded' || (this.#isContinued && this.#player.timeline === undefined);
    return isLive ? this.#live : this.#player.view;
  }

  get safety(): SafetyState {
    const pace = this.origin === 'live' ? this.#beside.pace : undefined;
    const progress = pace === undefined ? undefined : toProgress(this.#live, pace, this.runTime);
    const { offer } = this.#panel;
    return {
      progress,
      isContinued: this.#isContinued,
      isOffered: isUnseen(offer, this.#context.stage.now()),
    };
  }

  get #isContinued(): boolean {
    return this.#panel.run !== undefined && this.#panel.replay !== undefined;
  }

  get isBlank(): boolean {
    return this.origin === 'none';
  }

  get problem(): string | undefined {
    return this.origin === 'recorded' ? this.#player.problem : undefined;
  }

  get runTime(): number {
    if (this.origin === 'recorded') return this.#player.runTime;
    const startedAt = this.#panel.run?.startedAt;
    const sinceHeard = this.#heardAt === 0 ? 0 : Math.max(0, performance.now() - this.#heardAt);
    if (startedAt === undefined) return this.#live.at + sinceHeard;
    // By the stage's clock: a screen that comes late must not count from when it came.
    return Math.max(this.#live.at, this.#context.stage.now() - startedAt);
  }

  get playing(): PlayingRecording | undefined {
    return this.origin === 'recorded' ? this.#player.playing : undefined;
  }

  listen(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Asks the server; every screen then sees what comes of it. */
  async act(action: DemoAction): Promise<void> {
    const { call, stage } = this.#context;
    if (this.#asksToGoOn(action)) {
      await stage.change({ type: 'fallback', demo: this.demo.name, take: true });
      return;
    }
    if (isReplayAction(action)) {
      const change = this.#player.change(action, this.demo.name);
      if (change !== undefined) await stage.change(change);
      return;
    }
    const path = `/demos/${this.demo.name}`;
    switch (action) {
      case 'run':
        if (mayRun(this.demo)) await callAgain(() => call('POST', `${path}/runs`));
        else await this.act('replay');
        break;
      case 'stop':
        await this.#stopWhatPlays();
        break;
      case 'replica':
        await this.#onRun('replicas');
        break;
      case 'reset':
        await callAgain(() => call('POST', `${path}/reset`));
        break;
    }
  }

  /** Where a live run is or was, its recording goes on from there; a key that was pressed twice means it once. */
  #asksToGoOn(action: DemoAction): boolean {
    const { run, replay } = this.#panel;
    if (run === undefined || (action !== 'replay' && action !== 'hold')) return false;
    return replay === undefined || this.#context.stage.now() - (replay.startedAt ?? 0) < TWICE_MS;
  }

  async showView(view: string): Promise<void> {
    await this.#context.stage.change({ type: 'view', demo: this.demo.name, view });
  }

  scrollTo(view: string, to: number | null): void {
    this.#touch.send({ type: 'scroll', demo: this.demo.name, view, to });
  }

  type(text: string): void {
    this.#touch.send({ type: 'typed', demo: this.demo.name, text });
  }

  async seek(to: number): Promise<void> {
    await this.#context.stage.change({ type: 'replay-seek', demo: this.demo.name, to });
  }

  async ask(question: string): Promise<void> {
    if (this.origin === 'recorded') await this.#findAnswer(question);
    else await this.#onRun('ask', { question });
  }

  /** Goes to where the recording answers it, and holds there: on every screen. */
  async #findAnswer(question: string): Promise<void> {
    const answer = this.playing?.answers.find((one) => isSameQuestion(one.question, question));
    if (answer === undefined) {
      const detail = 'This is a recording: it answers only the questions that were asked in it.';
      throw new ApiError({ detail, hint: 'Click one of them.' });
    }
    const { stage } = this.#context;
    await stage.change({ type: 'replay-pause', demo: this.demo.name, isPaused: true });
    await this.seek(answer.at);
  }

  async #onRun(what: string, body?: unknown): Promise<void> {
    const { run } = this.#panel;
    if (run !== undefined && !this.#isContinued)
      await this.#context.call('POST', `/runs/${run.id}/${what}`, body);
  }

  async #stopWhatPlays(): Promise<void> {
    const { call } = this.#context;
    const { run, replay } = this.#panel;
    if (replay !== undefined) await call('POST', `/demos/${this.demo.name}/reset`);
    else if (run !== undefined) await call('DELETE', `/runs/${run.id}`);
  }

  #follow(state: StageState): void {
    const before = this.#panel;
    const panel = state.panels[this.demo.name] ?? {};
    this.#panel = panel;
    this.chosenView = panel.view;
    this.touched = panel;
    this.origin = panel.replay !== undefined ? 'recorded' : panel.run !== undefined ? 'live' : 'none';
    if (panel.run?.id !== before.run?.id) this.#changeRun(panel.run?.id);
    const isSameReplay = JSON.stringify(panel.replay) === JSON.stringify(before.replay);
    if (!isSameReplay || panel.run?.id !== before.run?.id)
      this.#player.follow(panel.replay, this.#left(panel));
    this.#tell();
  }

  #left({ run }: PanelState): LeftRun | undefined {
    return run?.left === undefined ? undefined : { live: this.#followed, place: run.left };
  }

  #changeRun(id: string | undefined): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#player.follow(undefined);
    this.#live = emptyRunView();
    this.#heardAt = 0;
    if (id === undefined) return this.#beside.close();
    this.#beside.open();
    this.#followed = this.#followRun(id, this.#live, this.#stop.signal);
  }

  async #followRun(id: string, view: RunView, signal: AbortSignal): Promise<RunView> {
    const source = toLiveSource(`/api/runs/${id}/events`, this.#context.listen);
    for await (const event of source.events(0, signal)) {
      if (signal.aborted) break;
      foldRunEvent(view, event);
      this.#heardAt = performance.now();
      this.#tell();
    }
    return view;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const TWICE_MS = 700;

/** After this long no speaker view has shown an offer: there is none, or nobody looks at it. */
const UNSEEN_MS = 1500;

function isUnseen(offer: PanelState['offer'], now: number): boolean {
  return offer !== undefined && !offer.isSeen && now - offer.since > UNSEEN_MS;
}
