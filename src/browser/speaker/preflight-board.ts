import './preflight.css';
import { html, nothing, type TemplateResult } from 'lit';
import {
  STATE_WORDS,
  type Check,
  type CheckState,
  type PreflightState,
  type Prewarmed,
} from '../../stage/preflight.ts';
import { ApiError, type CallApi } from '../stage/api.ts';
import type { StageClient } from '../stage/stage-client.ts';

/** Signs that differ without their colour. */
const SIGNS: Record<CheckState, string> = { green: '✓', amber: '!', red: '✗' };
/** What needs doing comes first. */
const ORDER: readonly CheckState[] = ['red', 'amber', 'green'];

/** The button "Preflight" and the board that it opens. */
export class PreflightBoard {
  #state: PreflightState = { prewarm: [] };
  #problem: string | undefined;
  readonly #call: CallApi;
  readonly #redraw: () => void;

  constructor(stage: StageClient, call: CallApi, redraw: () => void) {
    this.#call = call;
    this.#redraw = redraw;
    const preflight = (state: PreflightState) => {
      this.#state = state;
      redraw();
    };
    stage.listen({ preflight });
  }

  /** Draws both; `now` is the server's clock in ms. */
  view(now: number): TemplateResult {
    return html`<button class="preflight-open" @click=${() => this.#open()}>Preflight${this.#badge()}</button>
      <dialog class="preflight" aria-label="Preflight">
        <header>
          <h2>Preflight</h2>
          <span class="preflight-when" role="status">${this.#when(now)}</span>
          <button ?disabled=${this.#isLooking} @click=${() => void this.#look()}>Look again</button>
          <form method="dialog"><button>Close</button></form>
        </header>
        ${this.#problem === undefined ? nothing : html`<p class="preflight-problem">${this.#problem}</p>`}
        ${prewarmRows(this.#state.prewarm)}
        <ul>
          ${sorted(this.#state.board?.checks ?? []).map(row)}
        </ul>
      </dialog>`;
  }

  get #isLooking(): boolean {
    return this.#state.asks !== undefined;
  }

  /** How many things are to be done, beside the button. */
  #badge(): TemplateResult | typeof nothing {
    const checks = this.#state.board?.checks ?? [];
    const worst = ORDER.find((state) => state !== 'green' && checks.some((check) => check.state === state));
    if (worst === undefined) return nothing;
    const count = checks.filter(({ state }) => state === worst).length;
    return html` <span class="preflight-badge" data-state=${worst}>${SIGNS[worst]} ${count}</span>`;
  }

  #when(now: number): string {
    const { board } = this.#state;
    if (this.#isLooking) return 'looking …';
    if (board === undefined) return '';
    const minutes = Math.floor((now - board.at) / 60_000);
    const age = minutes < 1 ? 'just now' : minutes < 60 ? `${minutes} min ago` : 'over an hour ago';
    return `looked ${age}, took ${(board.tookMs / 1000).toFixed(1)} s`;
  }

  #open(): void {
    document.querySelector<HTMLDialogElement>('dialog.preflight')?.showModal();
    if (this.#state.board === undefined) void this.#look();
  }

  async #look(): Promise<void> {
    this.#problem = undefined;
    try {
      await this.#call('POST', '/preflight');
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#problem = `${error.problem.detail} ${error.problem.hint}`;
    }
    this.#redraw();
  }
}

function sorted(checks: readonly Check[]): Check[] {
  return checks.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
}

function row({ name, state, what, next }: Check): TemplateResult {
  return html`<li data-state=${state}>
    <span class="preflight-sign">${SIGNS[state]} ${STATE_WORDS[state]}</span>
    <span class="preflight-name">${name}</span>
    <span class="preflight-what">
      ${what}${next === '' ? nothing : html`<span class="preflight-next">→ ${next}</span>`}
    </span>
  </li>`;
}

const PREWARM_STATES: Record<Prewarmed['state'], CheckState | 'busy'> = {
  waiting: 'busy',
  building: 'busy',
  built: 'green',
  joined: 'green',
  failed: 'red',
};

function prewarmRows(prewarm: readonly Prewarmed[]): TemplateResult | typeof nothing {
  if (prewarm.length === 0) return nothing;
  const one = ({ demo, state, what }: Prewarmed) =>
    html`<li data-state=${PREWARM_STATES[state]}>
      <span class="preflight-sign">${state}</span>
      <span class="preflight-name">${demo}</span>
      <span class="preflight-what">${what}</span>
    </li>`;
  return html`<h3>Built before the talk</h3>
    <ul>
      ${prewarm.map(one)}
    </ul>`;
}
