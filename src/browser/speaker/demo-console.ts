import { html, nothing, type TemplateResult } from 'lit';
import { mayRun } from '../../demo/demo-summary.ts';
import { isOver } from '../../demo/run-event.ts';
import { ApiError, type CallApi } from '../stage/api.ts';
import { DemoSession } from '../panel/demo-session.ts';
import type { DemoAction } from '../panel/panel-host.ts';
import { badge, stateWords } from '../panel/panel-header.ts';
import type { ListenToEvents } from '../stage/event-stream.ts';
import type { StageClient } from '../stage/stage-client.ts';

interface ConsoleContext {
  stage: StageClient;
  call: CallApi;
  listen: ListenToEvents;
  redraw(): void;
}

/** How many of its last lines a demo shows here. */
const LINES = 6;

/** The demos as the speaker sees them: state, keys to every action, the last of the output, and what went wrong. */
export class DemoConsole {
  readonly #context: ConsoleContext;
  readonly #sessions = new Map<string, DemoSession>();
  #refused: string | undefined;

  constructor(context: ConsoleContext) {
    this.#context = context;
  }

  /** Demos of this slide, and any other that runs. */
  view(here: readonly string[]): TemplateResult | typeof nothing {
    const { panels } = this.#context.stage.state;
    const running = Object.keys(panels).filter((name) => panels[name]?.run !== undefined);
    const known = this.#context.stage.demos.map((demo) => demo.name);
    const names = [...new Set([...here, ...running])].filter((name) => known.includes(name));
    const shown = names.filter((name) => here.includes(name) || this.#isBusy(name));
    const notices = notRecorded(this.#context.stage);
    if (shown.length === 0 && notices.length === 0 && this.#refused === undefined) return nothing;
    return html`<section class="console" aria-label="Demos">
      ${notices} ${shown.map((name) => this.#card(this.#sessionOf(name)))}
      ${this.#refused === undefined ? nothing : html`<p class="console-error" role="alert">${this.#refused}</p>`}
    </section>`;
  }

  #isBusy(name: string): boolean {
    const { view } = this.#sessionOf(name);
    return view.phase !== 'idle' && !isOver(view.phase);
  }

  #sessionOf(name: string): DemoSession {
    const known = this.#sessions.get(name);
    if (known !== undefined) return known;
    const session = new DemoSession(name, this.#context);
    session.listen(() => this.#context.redraw());
    this.#sessions.set(name, session);
    return session;
  }

  #card(session: DemoSession): TemplateResult {
    const { demo, view } = session;
    const lines = lastLines(view.transcript);
    const trouble =
      session.problem ?? view.error?.message ?? (view.phase === 'idle' ? demo.problem?.message : undefined);
    const hint = view.error?.hint ?? (view.phase === 'idle' ? demo.problem?.hint : undefined);
    return html`<article class="console-demo" data-phase=${view.phase}>
      <h2>${demo.title} ${badge(session)} <span class="console-state">${stateWords(session)}</span></h2>
      <div class="console-buttons">${this.#buttons(session)}</div>
      ${trouble === undefined ? nothing : html`<p class="console-error"><b>${trouble}</b> ${hint ?? ''}</p>`}
      ${lines === '' ? nothing : html`<pre class="console-lines">${lines}</pre>`}
    </article>`;
  }

  #buttons(session: DemoSession): TemplateResult {
    const { demo, view, origin } = session;
    const isRunning = origin !== 'none' && view.phase !== 'idle' && !isOver(view.phase);
    const button = (action: DemoAction, word: string, isThere: boolean) =>
      isThere ? html`<button @click=${() => this.#act(session, action)}>${word}</button>` : nothing;
    return html`${button('run', mayRun(demo) ? 'Run' : 'Play', !isRunning)}
    ${button('stop', 'Stop', isRunning)} ${button('reset', 'Reset', origin !== 'none')}
    ${button('replay', 'Recording', demo.recording !== undefined && demo.canRun)}`;
  }

  #act(session: DemoSession, action: DemoAction): void {
    this.#refused = undefined;
    session.act(action).catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
      this.#refused = `${error.problem.detail} ${error.problem.hint}`;
      this.#context.redraw();
    });
  }
}

/** A full disk costs a recording, not the talk: the speaker should know, the audience need not. */
function notRecorded({ demos }: StageClient): TemplateResult[] {
  return demos.flatMap(({ title, notRecorded: why }) =>
    why === undefined ? [] : [html`<p class="not-recorded" role="status">${title}: ${why}</p>`],
  );
}

/** Terminal colours and movements mean nothing here. */
// oxlint-disable-next-line no-control-regex -- they are control characters
const ESCAPES = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-Z\\-_])/g;

function lastLines(transcript: readonly string[]): string {
  let text = '';
  for (let i = transcript.length - 1; i >= 0 && text.split('\n').length <= LINES + 1; i -= 1)
    text = (transcript[i] ?? '') + text;
  const lines = text
    .replaceAll(ESCAPES, '')
    .split(/\r?\n/)
    .map((line) => line.slice(line.lastIndexOf('\r') + 1));
  return lines
    .filter((line) => line.trim() !== '')
    .slice(-LINES)
    .join('\n');
}
