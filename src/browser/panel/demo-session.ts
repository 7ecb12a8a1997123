import { toReplaySource } from '../../demo/replay.ts';
import { emptyRunView, foldRunEvent, type RunView } from '../../demo/run-view.ts';
import type { DemoSummary } from '../../demo/demo-summary.ts';
import type { RunSource } from '../../demo/run-event.ts';
import type { PanelState, StageState } from '../../stage/stage-state.ts';
import type { PanelContext } from '../panels.ts';
import type { DemoAction } from './panel-host.ts';
import { loadRecording } from './load-recording.ts';
import { toLiveSource } from './live-source.ts';
import { browserClock } from './browser-clock.ts';
import type { Origin, PanelSession } from './panel-session.ts';

/** One demo on this screen: folds the events of whatever the stage says is playing. */
export class DemoSession implements PanelSession {
  demo: DemoSummary;
  view: RunView = emptyRunView();
  origin: Origin = 'none';
  heardAt = 0;
  problem: string | undefined;
  chosenView: string | undefined;
  #context: PanelContext;
  #playing = '';
  #stop = new AbortController();
  #listeners = new Set<() => void>();

  constructor(name: string, context: PanelContext) {
    this.#context = context;
    const missing = { name, title: name, views: [], sources: [], canRun: false };
    this.demo = context.stage.demos.find((demo) => demo.name === name) ?? missing;
    context.stage.listen({
      stage: (state) => this.#follow(state),
      demos: (demos) => {
        this.demo = demos.find((demo) => demo.name === name) ?? this.demo;
        this.#tell();
      },
    });
    this.#follow(context.stage.state);
  }

  listen(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Asks the server; every screen then sees what comes of it. */
  async act(action: DemoAction): Promise<void> {
    const { call, stage } = this.#context;
    const path = `/demos/${this.demo.name}`;
    switch (action) {
      case 'run':
        if (this.demo.canRun) await call('POST', `${path}/runs`);
        else await this.act('replay');
        break;
      case 'replay':
        await stage.change({ type: 'replay', demo: this.demo.name });
        break;
      case 'stop':
        await this.#stopWhatPlays();
        break;
      case 'replica':
        await this.#onRun('replicas');
        break;
      case 'reset':
        await call('POST', `${path}/reset`);
        break;
    }
  }

  async showView(view: string): Promise<void> {
    await this.#context.stage.change({ type: 'view', demo: this.demo.name, view });
  }

  async ask(question: string): Promise<void> {
    await this.#onRun('ask', { question });
  }

  async #onRun(what: string, body?: unknown): Promise<void> {
    const run = this.#context.stage.state.panels[this.demo.name]?.run;
    if (run !== undefined) await this.#context.call('POST', `/runs/${run.id}/${what}`, body);
  }

  async #stopWhatPlays(): Promise<void> {
    const { call, stage } = this.#context;
    const panel = stage.state.panels[this.demo.name];
    if (panel?.run !== undefined) await call('DELETE', `/runs/${panel.run.id}`);
    else if (panel?.replay !== undefined) await call('POST', `/demos/${this.demo.name}/reset`);
  }

  #follow(state: StageState): void {
    const panel = state.panels[this.demo.name] ?? {};
    this.chosenView = panel.view;
    const { view: _view, ...plays } = panel;
    const key = JSON.stringify(plays);
    if (key !== this.#playing) {
      this.#playing = key;
      this.#stop.abort();
      this.#stop = new AbortController();
      void this.#play(panel, this.#stop.signal);
    }
    this.#tell();
  }

  async #play(panel: PanelState, signal: AbortSignal): Promise<void> {
    this.view = emptyRunView();
    this.problem = undefined;
    this.origin = panel.run !== undefined ? 'live' : panel.replay !== undefined ? 'recorded' : 'none';
    const source = await this.#sourceOf(panel);
    if (source === undefined || signal.aborted) return this.#tell();
    for await (const event of source.events(0, signal)) {
      if (signal.aborted) return;
      foldRunEvent(this.view, event);
      this.heardAt = performance.now();
      this.#tell();
    }
  }

  async #sourceOf({ run, replay }: PanelState): Promise<RunSource | undefined> {
    const { listen, stage } = this.#context;
    if (run !== undefined) return toLiveSource(`/api/runs/${run.id}/events`, listen);
    if (replay === undefined) return undefined;
    const recording = await loadRecording(this.demo);
    if ('unreadable' in recording) {
      this.problem = recording.unreadable;
      return undefined;
    }
    const clock = browserClock(() => stage.now());
    const { from, startedAt, speed } = replay;
    if (startedAt !== null)
      return toReplaySource(recording.events, { clock, startedAt: startedAt - from / speed, speed });
    const shown = recording.events.filter((event) => event.at <= from);
    return toReplaySource(shown, { clock, startedAt: -Infinity, speed });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
