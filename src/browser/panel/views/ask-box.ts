import './ask.css';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { toAnswer, type Answer, type AnswerPart } from '../../../demo/run/answer-parts.ts';
import { ApiError } from '../../stage/api.ts';
import type { PanelSession } from '../session/panel-session.ts';
import { isSameQuestion } from '../session/same-question.ts';

/** More would leave no room for the answer. */
const MAX_EXAMPLES = 6;

/** A box to type a question in, examples to click, and the answer's parts as labelled chips. */
export class AskBox extends LitElement {
  declare session: PanelSession;
  /** False in a preview that nobody can use. */
  declare isActive: boolean;
  #isAsking = false;
  #problem: string | undefined;
  /** How many answers the box has followed: a question asked on another screen shows here too. */
  #followed = 0;

  /** In the light DOM, like the panel that it is a part of. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { view } = this.session;
    const canAsk = this.#canAsk;
    const last = view.answers.at(-1);
    return html`
      <form class="ask-form" @submit=${(event: Event) => this.#submit(event)}>
        <input
          class="ask-input"
          type="text"
          aria-label="Question"
          autocomplete="off"
          spellcheck="false"
          placeholder=${this.#placeholder}
          ?readonly=${!canAsk}
          tabindex=${canAsk ? nothing : '-1'}
          @input=${(event: InputEvent) => this.#typed((event.currentTarget as HTMLInputElement).value)}
        />
        ${canAsk ? html`<button class="ask-button" ?disabled=${this.#isAsking}>${this.#isAsking ? '…' : 'Ask'}</button>` : nothing}
      </form>
      ${
        canAsk
          ? html`<div class="ask-examples">${this.#examples.map((example) => this.#example(example))}</div>`
          : nothing
      }
      <div class="ask-answer" aria-live="polite">${this.#answer(last)}</div>
    `;
  }

  get #canAsk(): boolean {
    const { origin, view } = this.session;
    return this.isActive && (this.#isRecorded || (origin === 'live' && view.phase === 'ready'));
  }

  /** A recording answers what was asked when it was made, whatever it shows at the moment. */
  get #isRecorded(): boolean {
    return (this.session.playing?.answers.length ?? 0) > 0;
  }

  get #placeholder(): string {
    if (this.#isRecorded) return 'Type a question that was recorded';
    return this.#canAsk ? 'Type an address' : 'Answers when it is ready';
  }

  get #examples(): readonly string[] {
    const { demo, playing } = this.session;
    if (!this.#isRecorded) return demo.ask?.examples ?? [];
    const asked = new Set(playing?.answers.map(({ question }) => question));
    return [...asked].slice(0, MAX_EXAMPLES);
  }

  #example(example: string): TemplateResult {
    return html`<button
      class="ask-example"
      title=${example}
      @click=${(event: MouseEvent) => {
        // Or Space, pressed to go on, would ask again.
        if (event.currentTarget instanceof HTMLElement) event.currentTarget.blur();
        void this.#ask(example);
      }}
    >
      ${example}
    </button>`;
  }

  #answer(last: { question: string; status: number; reply: string } | undefined): TemplateResult {
    if (this.#problem !== undefined) return refusal(this.#problem);
    if (last === undefined) return html`<p class="ask-nothing">The parts of an address show here.</p>`;
    const typed = this.session.touched.typed?.trim() ?? '';
    const isToThat = typed === '' || isSameQuestion(typed, last.question);
    return html`${isToThat ? nothing : html`<p class="ask-to">The answer to “${last.question}”:</p>`}
    ${answerView(toAnswer(last))}`;
  }

  #typed(text: string): void {
    if (this.#problem !== undefined) {
      this.#problem = undefined;
      this.requestUpdate();
    }
    this.session.type(text);
  }

  #submit(event: Event): void {
    event.preventDefault();
    void this.#ask(this.#input?.value ?? '');
  }

  async #ask(question: string): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#problem = undefined;
    if (this.#input !== null) this.#input.value = question;
    this.session.type(question);
    this.requestUpdate();
    try {
      await this.session.ask(question);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#problem = error.problem.detail;
    } finally {
      this.#isAsking = false;
      // The beginning of a long address tells more than its end.
      this.#input?.setSelectionRange(0, 0);
      if (this.#input !== null) this.#input.scrollLeft = 0;
      this.requestUpdate();
    }
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>('.ask-input');
  }

  protected override updated(_changed: PropertyValues): void {
    const { view, touched } = this.session;
    const { answers } = view;
    // In a recording the next answer is to another question.
    if (answers.length > this.#followed && !this.#isRecorded) this.#problem = undefined;
    this.#followed = answers.length;
    const input = this.#input;
    if (input === null || input === document.activeElement) return;
    const value = touched.typed ?? answers.at(-1)?.question ?? '';
    if (input.value !== value) input.value = value;
    input.title = value;
  }
}

customElements.define('ask-box', AskBox);

export function askView(session: PanelSession, isActive: boolean): TemplateResult {
  return html`<ask-box .session=${session} .isActive=${isActive}></ask-box>`;
}

function answerView(answer: Answer): TemplateResult {
  switch (answer.kind) {
    case 'refused':
      return refusal(answer.message);
    case 'text':
      return html`<p class="ask-text">${answer.text}</p>`;
    case 'parts':
      return html`<ul class="ask-parts" data-size=${sizeOf(answer.parts)}>
          ${answer.parts.map(({ label, value }) => html`<li data-label=${label}><b>${value}</b><span>${label.replaceAll('_', ' ')}</span></li>`)}
        </ul>
        ${answer.parts.length === 0 ? html`<p class="ask-text">It found no parts in that.</p>` : nothing}
        ${answer.note === undefined ? nothing : html`<p class="ask-note">${answer.note}</p>`}`;
  }
}

function refusal(message: string): TemplateResult {
  return html`<p class="ask-refused">${message}</p>`;
}

/** A long address has to fit as well. */
function sizeOf(parts: readonly AnswerPart[]): 'large' | 'small' {
  const length = parts.reduce((sum, { value }) => sum + value.length + 4, 0);
  return length > 110 ? 'small' : 'large';
}
