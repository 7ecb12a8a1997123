import { panelOf, runOf } from '../../stage/panel-state.ts';
import { html, nothing, type TemplateResult } from 'lit';
import { type DemoSummary, mayRun } from '../../demo/demo-summary.ts';
import { isOver } from '../../demo/run/run-event.ts';
import { toDeckProblem } from '../deck/deck-problem.ts';
import { ApiError, type CallApi } from '../stage/api.ts';
import { DemoSession } from '../panel/session/demo-session.ts';
import type { DemoAction } from '../panel/session/demo-action.ts';
import { badge } from '../panel/views/panel-badge.ts';
import { stateWords } from '../panel/views/panel-header.ts';
import type { Notice } from '../panel/session/panel-session.ts';
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

  /** By demo: what came of keeping its recording. */
  readonly #kept = new Map<string, Notice | 'kept'>();
  #deckProblem: Notice | undefined;

  constructor(context: ConsoleContext) {
    this.#context = context;
    context.stage.listen({
      deck: (message) => {
        this.#deckProblem = toDeckProblem(message);
        context.redraw();
      },
    });
  }

  /** Demos of this slide, and any other that runs. */
  view(here: readonly string[]): TemplateResult | typeof nothing {
    const { state } = this.#context.stage;
    const running = Object.keys(state.panels).filter((name) => runOf(panelOf(state, name)) !== undefined);
    const known = this.#context.stage.demos.map((demo) => demo.name);
    const names = [...new Set([...here, ...running])].filter((name) => known.includes(name));
    const shown = names.filter((name) => here.includes(name) || this.#isBusy(name));
    const notices = [...this.#deckNotice(), ...notRecorded(this.#context.stage)];
    if (shown.length === 0 && notices.length === 0) return nothing;
    return html`<section class="console" aria-label="Demos">
      ${notices} ${shown.map((name) => this.#card(this.#sessionOf(name)))}
    </section>`;
  }

  /** The audience sees the last good save; the speaker should know that it isn't the newest. */
  #deckNotice(): TemplateResult[] {
    const problem = this.#deckProblem;
    if (problem === undefined) return [];
    return [html`<p class="console-error" role="status"><b>${problem.message}</b> ${problem.hint}</p>`];
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
    return html`<article class="console-demo" data-phase=${view.phase}>
      <h2>${demo.title} ${badge(session)} <span class="console-state">${stateWords(session)}</span></h2>
      <div class="console-buttons">${this.#buttons(session)}</div>
      ${troubles(session).map(({ message, hint }) => html`<p class="console-error" role="alert"><b>${message}</b> ${hint}</p>`)}
      ${allowedNote(demo)} ${this.#keptNotice(demo)}
      ${lines === '' ? nothing : html`<pre class="console-lines">${lines}</pre>`}
    </article>`;
  }

  #buttons(session: DemoSession): TemplateResult {
    const { demo, view, origin } = session;
    const isRunning = origin !== 'none' && view.phase !== 'idle' && !isOver(view.phase);
    const button = (action: DemoAction, word: string, isThere: boolean) =>
      isThere ? html`<button @click=${() => void session.act(action)}>${word}</button>` : nothing;
    return html`${button('run', mayRun(demo) ? 'Run' : 'Play', !isRunning)}
    ${button('stop', 'Stop', isRunning)} ${button('reset', 'Reset', origin !== 'none')}
    ${button('replay', 'Recording', demo.recording !== undefined && demo.canRun)}
    ${demo.canBeKept === true ? html`<button @click=${() => void this.#keep(demo.name)}>Keep this recording</button>` : nothing}`;
  }

  async #keep(name: string): Promise<void> {
    try {
      await this.#context.call('POST', `/demos/${encodeURIComponent(name)}/keep`);
      this.#kept.set(name, 'kept');
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#kept.set(name, { message: error.problem.detail, hint: error.problem.hint });
    }
    this.#context.redraw();
  }

  #keptNotice({ name, canBeKept }: DemoSummary): TemplateResult | typeof nothing {
    const kept = this.#kept.get(name);
    if (kept === undefined || (kept === 'kept' && canBeKept === true)) return nothing;
    if (kept === 'kept')
      return html`<p role="status">The recording is kept. It belongs to the deck now: commit it.</p>`;
    return html`<p class="console-error" role="alert"><b>${kept.message}</b> ${kept.hint}</p>`;
  }
}

/** What went wrong, what is wrong with its file, and why the last button did nothing. */
function troubles({ demo, view, problem, notice }: DemoSession): Notice[] {
  const idle = view.phase === 'idle' ? demo.problem : undefined;
  const unreadable = problem === undefined ? undefined : { message: problem, hint: '' };
  const all = [unreadable, view.error, idle, notice].filter((one) => one !== undefined);
  return all.filter((one, i) => all.findIndex(({ message }) => message === one.message) === i);
}

/** What this laptop lets it do beyond the default. */
function allowedNote({ allowed = [] }: DemoSummary): TemplateResult | typeof nothing {
  return allowed.length === 0
    ? nothing
    : html`<p class="console-allowed">You allowed it: ${allowed.join(' ')}</p>`;
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

/** More than so many lines are wide: a line without an end must not be read whole with every frame. */
const MAX_TEXT = 10_000;

function lastLines(transcript: readonly string[]): string {
  let text = '';
  for (let i = transcript.length - 1; i >= 0 && text.length < MAX_TEXT; i -= 1)
    text = (transcript[i] ?? '').slice(-MAX_TEXT) + text;
  const lines = text
    .replaceAll(ESCAPES, '')
    .split(/\r?\n/)
    .map((line) => line.slice(line.lastIndexOf('\r') + 1));
  return lines
    .filter((line) => line.trim() !== '')
    .slice(-LINES)
    .join('\n');
}
