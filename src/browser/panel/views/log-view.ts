import './logs.css';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { LogLines, type LogLine } from '../../../demo/run/log-lines.ts';
import type { PanelSession } from '../session/panel-session.ts';
import { serviceColour } from './service-colour.ts';

/** As many as a slide has room for, and some to scroll back to. */
const MAX_DRAWN = 300;

/** What the services print, a line each, with their names; of one service, or of all. */
export class LogView extends LitElement {
  declare session: PanelSession;
  /** Of which service; all of them when it is empty. */
  declare service: string;
  /** Words that are marked: `ERROR|ready`. */
  declare highlight: string;
  declare isActive: boolean;
  #lines = new LogLines();
  #transcript: readonly string[] | undefined;
  #filter = '';

  /** In the light DOM, as the panel is. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { transcript, transcriptDropped } = this.session.view;
    // Another run, or another place of a recording.
    if (transcript !== this.#transcript) this.#lines = new LogLines();
    this.#transcript = transcript;
    this.#lines.read(transcript, transcriptDropped);
    const wanted = this.#lines.of(this.service).filter(({ text }) => matches(text, this.#filter));
    const shown = wanted.slice(-MAX_DRAWN);
    const pattern = toPattern(this.highlight);
    return html`
      ${this.isActive ? this.#filterBox() : nothing}
      ${
        shown.length === 0
          ? html`<p class="panel-empty">
              ${this.#filter === '' ? 'What it prints shows here.' : 'No line has that.'}
            </p>`
          : html`<ol class="log-lines" tabindex="0">
              ${shown.map((line) => this.#line(line, pattern))}
            </ol>`
      }
    `;
  }

  #line({ service, text }: LogLine, pattern: RegExp | undefined): TemplateResult {
    const name =
      service === '' || this.service !== ''
        ? nothing
        : html`<b style="color: ${serviceColour(service.replace(/-\d+$/u, ''))}">${service}</b>`;
    return html`<li>${name}<span>${pattern === undefined ? text : marked(text, pattern)}</span></li>`;
  }

  #filterBox(): TemplateResult {
    const onInput = ({ target }: Event) => {
      this.#filter = target instanceof HTMLInputElement ? target.value : '';
      this.requestUpdate();
    };
    return html`<input
      class="log-filter"
      type="search"
      placeholder="Only lines with …"
      aria-label="Only lines with"
      @input=${onInput}
    />`;
  }

  protected override updated(): void {
    const list = this.querySelector('.log-lines');
    if (list !== null) list.scrollTop = list.scrollHeight;
  }
}

customElements.define('log-view', LogView);

function matches(text: string, filter: string): boolean {
  return filter === '' || text.toLowerCase().includes(filter.toLowerCase());
}

/** Words with `|` between them; what they hold is text, not a pattern. */
function toPattern(highlight: string): RegExp | undefined {
  const words = highlight
    .split('|')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length === 0) return undefined;
  return new RegExp(
    `(${words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)).join('|')})`,
    'iu',
  );
}

function marked(text: string, pattern: RegExp): unknown[] {
  return text.split(pattern).map((part, index) => (index % 2 === 1 ? html`<mark>${part}</mark>` : part));
}
