import type { SessionContext } from './panel-context.ts';
import { foldRunEvent } from '../../../demo/run/fold-run-event.ts';
import { emptyRunView, type RunView } from '../../../demo/run/run-view.ts';
import type { DemoSummary } from '../../../demo/demo-summary.ts';
import { toProgress } from '../../../demo/run/progress.ts';
import type { FallbackOffer } from '../../../stage/fallback.ts';
import { offerOf, panelOf, replayOf, runOf, type PanelState } from '../../../stage/panel-state.ts';
import type { StageState } from '../../../stage/stage-state.ts';
import type { DemoAction } from './demo-action.ts';
import { ApiError } from '../../stage/api.ts';
import { loadRecording, recordingUrl } from './load-recording.ts';
import { toLiveSource } from './live-source.ts';
import { browserClock } from './browser-clock.ts';
import { BesideRecording } from './beside-recording.ts';
import { createHands } from './run-hands.ts';
import type { Hands, Notice, Origin, PanelSession, PlayingRecording, SafetyState } from './panel-session.ts';
import { DemoActions } from './demo-actions.ts';
import { NoticeBoard } from './notice-board.ts';
import { isSameQuestion } from './same-question.ts';
import { untilReady } from './until-ready.ts';
import { TouchSender } from './touch-sender.ts';
import { ReplayPlayer, type LeftRun } from './replay-player.ts';

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
  #panel: PanelState = { shows: 'nothing' };
  readonly #actions: DemoActions;
  readonly #notices = new NoticeBoard(() => this.#tell());
  readonly hands: Hands;
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
    this.#actions = new DemoActions({
      context,
      demo: () => this.demo,
      panel: () => this.#panel,
      player: this.#player,
      view: () => this.view,
      isReady: (before) => untilReady(this, before),
    });
    this.hands = createHands(this.#actions, this.#notices);
    context.stage.listen({
      stage: (state) => this.#follow(state),
      demos: (demos) => {
        const before = JSON.stringify(this.demo);
        this.demo = demos.find((demo) => demo.name === name) ?? this.demo;
        // Its file was saved: what was wrong with it may be right by now.
        if (JSON.stringify(this.demo) !== before) this.#notices.clear();
        this.#tell();
      },
      lost: () => this.#tell(),
      hello: () => this.#tell(),
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
    return {
      progress,
      isContinued: this.#isContinued,
      isOffered: isUnseen(offerOf(this.#panel), this.hasSpeaker, this.#context.stage.now()),
    };
  }

  get #isContinued(): boolean {
    return this.#panel.shows === 'continued';
  }

  get isBlank(): boolean {
    return this.origin === 'none';
  }

  get notice(): Notice | undefined {
    return this.#notices.notice;
  }

  get isLost(): boolean {
    return this.#context.stage.isLost;
  }

  get hasSpeaker(): boolean {
    return this.#context.stage.state.hasSpeaker === true;
  }

  get problem(): string | undefined {
    return this.origin === 'recorded' ? this.#player.problem : undefined;
  }

  get runTime(): number {
    if (this.origin === 'recorded') return this.#player.runTime;
    const startedAt = runOf(this.#panel)?.startedAt;
    const sinceHeard = this.#heardAt === 0 ? 0 : Math.max(0, performance.now() - this.#heardAt);
    if (startedAt === undefined) return this.#live.at + sinceHeard;
    // By the stage's clock: a screen that comes late must not count from when it came.
    return Math.max(this.#live.at, this.#context.stage.now() - startedAt);
  }

  get playing(): PlayingRecording | undefined {
    return this.origin === 'recorded' ? this.#player.playing : undefined;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks the server; every screen then sees what comes of it. What can't be done shows on the panel. */
  act(action: DemoAction): Promise<void> {
    return this.#notices.guard(() => this.#actions.act(action));
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
    else await this.#actions.onRun('ask', { question });
  }

  /** Goes to where the recording answers it, and holds there: on every screen. */
  async #findAnswer(question: string): Promise<void> {
    const answer = this.playing?.answers.find((one) => isSameQuestion(one.question, question));
    if (answer === undefined) {
      const detail = 'That is not in this recording: it answers only the questions that were asked in it.';
      throw new ApiError({ detail, hint: 'Click one of them.' });
    }
    const { stage } = this.#context;
    await stage.change({ type: 'replay-pause', demo: this.demo.name, isPaused: true });
    await this.seek(answer.at);
  }

  #follow(state: StageState): void {
    const before = this.#panel;
    const panel = panelOf(state, this.demo.name);
    const [run, replay] = [runOf(panel), replayOf(panel)];
    const isSameRun = run?.id === runOf(before)?.id;
    this.#panel = panel;
    if (!isSameRun) {
      this.#actions.seesRun(run?.id);
      this.#notices.clear();
    }
    this.chosenView = panel.view;
    this.touched = panel;
    this.origin = toOrigin(panel);
    if (!isSameRun) this.#changeRun(run?.id);
    const isSameReplay = JSON.stringify(replay) === JSON.stringify(replayOf(before));
    if (!isSameReplay || !isSameRun) this.#player.follow(replay, this.#left(panel));
    this.#tell();
  }

  #left(panel: PanelState): LeftRun | undefined {
    return panel.shows === 'continued' ? { live: this.#followed, place: panel.run.left } : undefined;
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

function toOrigin({ shows }: PanelState): Origin {
  switch (shows) {
    case 'nothing':
      return 'none';
    case 'live':
      return 'live';
    case 'recorded':
    case 'continued':
      return 'recorded';
  }
}

/** After this long no speaker view has shown an offer: nobody looks at it. */
const UNSEEN_MS = 1500;

function isUnseen(offer: FallbackOffer | undefined, hasSpeaker: boolean, now: number): boolean {
  return offer !== undefined && !offer.isSeen && (!hasSpeaker || now - offer.since > UNSEEN_MS);
}
