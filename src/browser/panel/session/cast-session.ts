import { Checkpoints } from '../../../demo/recording/checkpoints.ts';
import type { DemoSummary } from '../../../demo/demo-summary.ts';
import { parseDuration } from '../../../demo/quantities.ts';
import type { Recording } from '../../../demo/recording/recording.ts';
import { emptyRunView, type RunView } from '../../../demo/run/run-view.ts';
import { countAt, toTimeline } from '../../../demo/recording/timeline.ts';
import { FASTEST, SLOWEST } from '../../../stage/limits.ts';
import { castKey } from '../../../stage/replay-state.ts';
import type { ReplayChange } from '../../../stage/stage-schema.ts';
import { panelOf, replayOf } from '../../../stage/panel-state.ts';
import type { StageState } from '../../../stage/stage-state.ts';
import { browserClock } from './browser-clock.ts';
import type { SessionContext } from './panel-context.ts';
import { loadRecording } from './load-recording.ts';
import type { DemoAction } from './demo-action.ts';
import { InTurn } from './in-turn.ts';
import { NoticeBoard } from './notice-board.ts';
import type { Notice, Origin, PanelSession, PlayingRecording, TerminalSize } from './panel-session.ts';
import { isReplayAction } from './replay-actions.ts';
import { TouchSender } from './touch-sender.ts';
import { ReplayPlayer } from './replay-player.ts';

/** What a `.cast` div says. */
export interface CastAttributes {
  file: string;
  /** Where it is: elsewhere than the deck says, in a published one. */
  url: string;
  speed: number;
  idleMs: number | undefined;
  poster: string | undefined;
}

export function castAttributes({ dataset }: HTMLElement): CastAttributes {
  const speed = Number(dataset['speed'] ?? 1);
  return {
    file: dataset['src'] ?? '',
    url: dataset['published'] ?? dataset['src'] ?? '',
    speed: Number.isFinite(speed) ? Math.min(FASTEST, Math.max(SLOWEST, speed)) : 1,
    idleMs: toMs(dataset['idle']),
    poster: dataset['poster'],
  };
}

/** `1.5` are seconds, as asciinema has it; `1500ms` says its unit. */
function toMs(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return parseDuration(/^[\d.]+$/.test(text.trim()) ? `${text.trim()}s` : text.trim());
}

/** A file of the deck that plays in a panel on this screen, where the stage says that it is. */
export class CastSession implements PanelSession {
  readonly demo: DemoSummary;
  readonly terminalSize: TerminalSize;
  readonly chosenView = undefined;
  origin: Origin = 'none';
  readonly #key: string;
  readonly #speed: number;
  readonly #poster: RunView | undefined;
  readonly #context: SessionContext;
  readonly #player: ReplayPlayer;
  readonly #listeners = new Set<() => void>();
  touched: PanelSession['touched'] = {};
  readonly #touch: TouchSender;
  readonly #turns = new InTurn();
  readonly #notices = new NoticeBoard(() => this.#tell());
  #playing = '';
  readonly #end: () => void;

  constructor(recording: Recording, attributes: CastAttributes, context: SessionContext) {
    this.demo = castSummary(recording, attributes.file);
    this.terminalSize = { cols: recording.cols, rows: recording.rows };
    this.#key = castKey(attributes.file);
    this.#speed = attributes.speed;
    this.#poster = posterOf(recording, attributes);
    this.#context = context;
    this.#touch = new TouchSender(context.stage);
    this.#player = new ReplayPlayer({
      load: () => loadRecording(attributes.url),
      idleMs: () => attributes.idleMs,
      clock: browserClock(() => context.stage.now()),
      tell: () => this.#tell(),
    });
    this.#end = context.stage.listen({ stage: (state) => this.#follow(state) });
    this.#follow(context.stage.state);
  }

  /** No panel shows it any more. */
  close(): void {
    this.#end();
    this.#player.follow(undefined);
  }

  get isBlank(): boolean {
    return this.origin === 'none' && this.#poster === undefined;
  }

  get view(): RunView {
    return this.origin === 'none' && this.#poster !== undefined ? this.#poster : this.#player.view;
  }

  get problem(): string | undefined {
    return this.#player.problem;
  }

  get runTime(): number {
    return this.#player.runTime;
  }

  get playing(): PlayingRecording | undefined {
    return this.#player.playing;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get notice(): Notice | undefined {
    return this.#notices.notice;
  }

  act(action: DemoAction): Promise<void> {
    return this.#notices.guard(() => this.#turns.run(() => this.#carryOut(action)));
  }

  async #carryOut(action: DemoAction): Promise<void> {
    const { stage } = this.#context;
    if (action === 'stop' || action === 'reset') {
      await stage.change({ type: 'replay-stop', demo: this.#key });
      return;
    }
    const change = this.#player.change(isReplayAction(action) ? action : 'replay', this.#key);
    if (change === undefined) return;
    await stage.change(this.#atItsSpeed(change));
    await stage.seesItsChanges();
  }

  #atItsSpeed(change: ReplayChange): ReplayChange {
    return change.type === 'replay' ? { ...change, speed: this.#speed } : change;
  }

  async seek(to: number): Promise<void> {
    await this.#context.stage.change({ type: 'replay-seek', demo: this.#key, to });
  }

  async showView(): Promise<void> {}

  scrollTo(view: string, to: number | null): void {
    this.#touch.send({ type: 'scroll', demo: this.#key, view, to });
  }

  type(): void {}

  async ask(): Promise<void> {}

  #follow(state: StageState): void {
    const panel = panelOf(state, this.#key);
    const replay = replayOf(panel);
    this.touched = panel;
    const playing = JSON.stringify(replay);
    if (playing === this.#playing) return this.#tell();
    this.#playing = playing;
    this.origin = replay === undefined ? 'none' : 'recorded';
    this.#player.follow(replay);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** What a panel's header says of a file. */
export function castSummary({ title, timestamp, events }: Recording, file: string): DemoSummary {
  const date = timestamp === 0 ? '' : new Date(timestamp * 1000).toISOString();
  const recording = { date, durationMs: events.at(-1)?.at ?? 0, slowestBuildMs: 0 };
  const name = title === '' ? file.replace(/^.*\//, '') : title;
  return { name, title: name, views: ['terminal'], sources: [], canRun: false, recording };
}

/** What the terminal shows at the time that `poster` names; undefined when it names none. */
export function posterOf(recording: Recording, { poster, idleMs }: CastAttributes): RunView | undefined {
  const timeline = toTimeline(recording, idleMs);
  const time = poster === 'end' ? timeline.duration : toMs(poster);
  if (time === undefined) return undefined;
  return new Checkpoints(recording.events).viewAt(countAt(timeline, time));
}

/** What paper shows of a recording: its poster, else its end. */
export function paperView(recording: Recording, attributes: CastAttributes): RunView {
  const poster = attributes.poster ?? 'end';
  return posterOf(recording, { ...attributes, poster }) ?? emptyRunView();
}
