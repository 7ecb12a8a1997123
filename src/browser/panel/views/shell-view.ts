import './typing-view.css';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ShellView as Shell } from '../../../demo/run/shell-view.ts';
import { SHELL_ESCAPE } from '../../app-key.ts';
import type { PanelSession } from '../session/panel-session.ts';
import { sizeOf, TerminalView } from '../terminal/terminal-view.ts';
import { toDuration } from './to-duration.ts';

/** A second Escape within this is the program's. */
const TWICE_MS = 500;
/** As many characters as one request takes. */
const PIECE = 16_000;

/** A shell in one of the demo's containers: the same on every screen, and one of them types. */
export class ShellView extends LitElement {
  declare session: PanelSession;
  /** Of which service; the demo's first when it is empty. */
  declare service: string;
  declare isActive: boolean;
  declare scaleOf: () => number;
  #terminal: TerminalView | undefined;
  #hasKeyboard = false;
  /** The next key takes the keyboard from whichever screen has it. */
  #takes = false;
  #escapedAt = -Infinity;
  #waiting = '';
  #isSending = false;
  #asked: unknown;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('focusin', this.#onFocus);
    this.addEventListener('focusout', this.#onBlur);
    this.addEventListener(SHELL_ESCAPE, this.#onEscape);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('focusin', this.#onFocus);
    this.removeEventListener('focusout', this.#onBlur);
    this.removeEventListener(SHELL_ESCAPE, this.#onEscape);
  }

  get #shell(): Shell | undefined {
    const { shells } = this.session.view;
    return this.service === '' ? shells.values().next().value : shells.get(this.service);
  }

  /** To be called when the slide's scale or visibility may have changed. */
  relayout(): void {
    this.#terminal?.fit(this.scaleOf());
  }

  protected override render(): TemplateResult {
    const { view } = this.session;
    const shell = this.#shell;
    const waits = shell === undefined;
    return html`
      <div class="shell-box" ?hidden=${waits}></div>
      ${waits ? html`<p class="panel-empty">${view.phase === 'ready' ? 'Opening …' : 'The shell opens when the demo runs.'}</p>` : this.#status(shell)}
    `;
  }

  #status({ command, isOver }: Shell): TemplateResult {
    return html`<p class="view-status">
      ${command === undefined ? nothing : html`<span class="shell-command" data-state=${command.state} data-failed=${(command.exitCode ?? 0) !== 0}>${commandWords(command)}</span>`}
      <span class="panel-space"></span>
      ${this.#hint(isOver)}
    </p>`;
  }

  #hint(isOver: boolean): TemplateResult | typeof nothing {
    if (!this.#canType) return nothing;
    if (isOver) return html`<button @click=${() => this.#open()}>Open it again</button>`;
    if (!this.#hasKeyboard) return html`<span>Click to type</span>`;
    return html`<span><kbd>Esc</kbd> gives the keys back, twice goes to the program</span>`;
  }

  get #canType(): boolean {
    return this.isActive && this.session.origin === 'live' && this.session.view.phase === 'ready';
  }

  protected override updated(): void {
    const box = this.querySelector<HTMLElement>('.shell-box');
    const shell = this.#shell;
    if (box === null || box.parentElement?.clientWidth === 0) return;
    const { view } = this.session;
    // Once for each run: a shell that was left is opened again by hand.
    if (this.#canType && shell === undefined && this.#asked !== view && this.clientWidth > 0) {
      this.#asked = view;
      this.#open();
    }
    if (shell === undefined) return;
    this.#terminal ??= new TerminalView(this.isActive ? (text) => this.#type(text) : undefined);
    this.#terminal.draw(box, shell, this.scaleOf(), { cols: shell.columns, rows: shell.rows });
  }

  #open(): void {
    const { cols, rows } = sizeOf(this);
    // The line below has its own place.
    void this.session.hands?.openShell(this.service, { columns: cols, rows: Math.max(4, rows - 2) });
  }

  #type(text: string): void {
    if (!this.#canType) return;
    this.#waiting += text;
    void this.#send();
  }

  /** One request at a time: keys arrive in their order. */
  async #send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    while (this.#waiting !== '') {
      const text = this.#waiting.slice(0, PIECE);
      this.#waiting = this.#waiting.slice(text.length);
      const take = this.#takes;
      this.#takes = false;
      const isSent = await this.session.hands?.typeIntoShell(this.service, text, take);
      // Refused: what was typed behind it would come out of order.
      if (isSent !== true) this.#waiting = '';
    }
    this.#isSending = false;
  }

  readonly #onFocus = (): void => {
    this.#hasKeyboard = true;
    this.#takes = true;
    this.requestUpdate();
  };

  readonly #onBlur = (): void => {
    this.#hasKeyboard = false;
    this.requestUpdate();
  };

  readonly #onEscape = (): void => {
    const now = performance.now();
    const isSecond = now - this.#escapedAt < TWICE_MS;
    this.#escapedAt = isSecond ? -Infinity : now;
    if (isSecond) return this.#type('\u001b');
    setTimeout(() => {
      if (this.#escapedAt !== now || !(document.activeElement instanceof HTMLElement)) return;
      if (this.contains(document.activeElement)) document.activeElement.blur();
    }, TWICE_MS);
  };
}

customElements.define('shell-view', ShellView);

function commandWords({ name, state, exitCode = 0, ms = 0 }: NonNullable<Shell['command']>): string {
  if (state === 'typing') return name;
  if (state === 'typed') return `${name}: ready to run`;
  if (state === 'running') return `${name} runs`;
  const took = toDuration(ms);
  return exitCode === 0 ? `${name}: done in ${took}` : `${name}: ended with ${exitCode} after ${took}`;
}
