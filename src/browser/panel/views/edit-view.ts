import './typing-view.css';
import './edit.css';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { FileView } from '../../../demo/run/file-view.ts';
import { loadPart } from '../../load-part.ts';
import type { PanelSession } from '../session/panel-session.ts';
import type { CodeEditor } from './code-editor.ts';

/** What is typed shows on the other screens this long after. */
const TOLD_MS = 250;

/** A file of the demo in an editor: what is saved there is what runs. */
export class EditView extends LitElement {
  declare session: PanelSession;
  declare file: string;
  declare isActive: boolean;
  #editor: CodeEditor | undefined;
  #loading: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The text that this screen has told, and that comes back as an event. */
  #told: string | undefined;
  #view: unknown;

  /** In the light DOM, as the panel is. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // On paper it is only moved.
    queueMicrotask(() => {
      if (this.isConnected) return;
      clearTimeout(this.#timer);
      this.#editor?.close();
      this.#editor = undefined;
    });
  }

  /** Resolves when the text can be seen in its colours: for paper. */
  async isDrawn(): Promise<void> {
    await this.updateComplete;
    await this.#loading;
    await this.updateComplete;
    await this.#editor?.isColoured;
  }

  get #shown(): FileView | undefined {
    return this.session.view.files.get(this.file);
  }

  get #canEdit(): boolean {
    return this.isActive && this.session.origin === 'live' && this.session.view.phase === 'ready';
  }

  protected override render(): TemplateResult {
    const file = this.#shown;
    return html`
      <div class="edit-box" ?hidden=${file === undefined}></div>
      ${
        file === undefined
          ? html`<p class="panel-empty">${this.file} shows here when the demo runs.</p>`
          : this.#status(file)
      }
    `;
  }

  #status({ isSaved, text, original }: FileView): TemplateResult {
    const isChanged = text !== original;
    const words = !isSaved ? 'not saved' : isChanged ? 'changed, and saved' : 'as its author wrote it';
    return html`<p class="view-status">
      <b>${this.file}</b><span data-saved=${isSaved}>${words}</span>
      <span class="panel-space"></span>
      ${this.#canEdit ? this.#buttons(isSaved, isChanged) : nothing}
    </p>`;
  }

  #buttons(isSaved: boolean, isChanged: boolean): TemplateResult {
    const keep = () => void this.session.hands?.keepEdits();
    if (!isSaved) return html`<button @click=${() => this.#save()}>Save and run</button>`;
    if (!isChanged) return html`<span><kbd>Ctrl</kbd> <kbd>S</kbd> saves and runs it</span>`;
    return html`<button title="Write it into the demo's own folder" @click=${keep}>Keep these edits</button>`;
  }

  protected override updated(): void {
    const file = this.#shown;
    const box = this.querySelector<HTMLElement>('.edit-box');
    if (file === undefined || box === null || box.clientWidth === 0) return;
    if (this.#editor === undefined) {
      this.#loading ??= this.#load(box);
      return;
    }
    // Another run, or another place of a recording: what was told before is of no account.
    if (this.session.view !== this.#view) this.#told = undefined;
    this.#view = this.session.view;
    this.#editor.setReadOnly(!this.#canEdit);
    if (this.#told !== undefined && file.text === this.#told) this.#told = undefined;
    if (this.#told === undefined && this.#timer === undefined) this.#editor.show(file.text, file.changed);
  }

  async #load(box: HTMLElement): Promise<void> {
    const { createCodeEditor } = await loadPart(() => import('./code-editor.ts'));
    this.#loading = undefined;
    if (!this.isConnected) return;
    this.#editor = createCodeEditor(box, this.file, {
      onChange: () => this.#tellSoon(),
      onSave: () => this.#save(),
    });
    this.requestUpdate();
  }

  #tellSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(false), TOLD_MS);
  }

  #save(): void {
    this.#tell(true);
  }

  #tell(isSaved: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#editor?.text;
    if (text === undefined || !this.#canEdit) return;
    this.#told = text === this.#shown?.text ? undefined : text;
    void this.session.hands?.changeFile(this.file, text, isSaved);
  }
}

customElements.define('edit-view', EditView);
