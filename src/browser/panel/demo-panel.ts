import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { atRest } from './views/at-rest.ts';
import type { ShellView } from './views/shell-view.ts';
import './views/shell-view.ts';
import type { PanelSession } from './session/panel-session.ts';
import type { PanelContext } from './session/panel-context.ts';
import type { DemoAction } from './session/demo-action.ts';
import { appView } from './app/app-view.ts';
import { type AskBox, askView } from './views/ask-box.ts';
import { codeOutput } from './views/code-output.ts';
import { dockerfileView, showRunningLine } from './views/dockerfile-view.ts';
import { layersView } from './views/layers-view.ts';
import type { EditView } from './views/edit-view.ts';
import './views/edit-view.ts';
import type { LogView } from './views/log-view.ts';
import './views/log-view.ts';
import { mapView } from './views/map-view.ts';
import { panelLayout, type PanelLayout } from './views/panel-layout.ts';
import { isCodeName } from '../../demo/run-block.ts';
import { parseView } from '../../demo/view.ts';
import { panelHeader } from './views/panel-header.ts';
import { panelProblems } from './views/panel-problems.ts';
import { processView } from './views/process-view.ts';
import { replayBar, replayNote } from './views/replay-bar.ts';
import type { SeekBar } from './views/seek-bar.ts';
import { fallbackHint } from './views/run-progress.ts';
import { TerminalView } from './terminal/terminal-view.ts';

/** A wheel's scrolling is smooth, and takes this long. */
const SCROLL_MS = 150;
const OWN_HAND_MS = 600;

/** A demo shown in a slide. Draws its session's view; what a button asks for goes to the server. */
export class DemoPanel extends LitElement {
  declare session: PanelSession;
  /** The views that its slide names; none of them means all of the demo's. */
  declare views: string[];
  /** Where they stand, when all of them show at once. */
  declare layout: PanelLayout | undefined;
  /** Words that the logs mark. */
  declare highlight: string;
  /** How much reveal.js scales the slide. */
  declare scaleOf: () => number;
  /** Not `role`: that is an attribute of every element, for screen readers. */
  declare usedBy: PanelContext['role'];
  declare onAction: (action: DemoAction) => void;
  /** Calls back when the slide is laid out anew. Returns its end. */
  declare onLayout: (relayout: () => void) => () => void;
  #terminal = new TerminalView();
  #scrolledAt = -Infinity;
  #frame = 0;
  #ticker: ReturnType<typeof setInterval> | undefined;
  #ends: (() => void)[] = [];

  /** Whether somebody can use it here. */
  get isActive(): boolean {
    return this.usedBy === 'speaker';
  }

  /** In the light DOM: the slide's fonts, the PDF's text and the page's search reach it. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Before the terminal, which keeps the event to itself.
    const onWheel = (event: WheelEvent) => this.#hearWheel(event);
    this.addEventListener('wheel', onWheel, { capture: true, passive: true });
    this.#ends = [
      () => this.removeEventListener('wheel', onWheel, { capture: true }),
      this.session.listen(() => this.#drawSoon()),
      this.onLayout(() => this.relayout()),
    ];
    // Times go on between events.
    this.#ticker = setInterval(() => this.session.origin !== 'none' && this.#drawSoon(), 250);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticker);
    for (const end of this.#ends.splice(0)) end();
  }

  /** To be called when the slide's scale or visibility may have changed. */
  relayout(): void {
    this.#drawSoon();
    this.#terminal.fit(this.scaleOf());
    for (const shell of this.querySelectorAll<ShellView>('shell-view')) shell.relayout();
  }

  /** Resolves when everything that the panel shows now is on the page: for paper. */
  async isDrawn(): Promise<void> {
    await this.updateComplete;
    await this.#terminal.isDrawn();
    const editors = [...this.querySelectorAll<EditView>('edit-view')];
    await Promise.all(editors.map((editor) => editor.isDrawn()));
  }

  #drawSoon(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.requestUpdate();
    });
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const views = this.views.length > 0 ? this.views : session.demo.views;
    const [code] = views;
    if (isCodeName(code))
      return codeOutput({ session, name: code, isActive: this.isActive, act: this.onAction });
    if (this.layout !== undefined) return this.#renderLayout(this.layout);
    const tabs = views.filter((view) => view !== 'dockerfile');
    const open = this.#openTab(tabs);
    const hasSide = views.includes('dockerfile');
    return html`
      <div class="panel" data-phase=${session.view.phase} data-origin=${session.origin}>
        ${panelHeader({ session, tabs, open, isActive: this.isActive, act: this.onAction })}
        <div class="panel-body" ?data-split=${hasSide && tabs.length > 0}>
          ${hasSide ? dockerfileView(session.view, session.demo.sources) : nothing}
          ${session.isBlank && tabs.length > 0 ? atRest(this) : nothing}
          ${tabs.length > 0 ? html`<div class="panel-tab" ?hidden=${session.isBlank}>${tabs.map((tab) => this.#tab(tab, tab === open))}</div>` : nothing}
        </div>
        ${panelProblems(this)} ${replayNote(session)} ${fallbackHint(session)}
        ${this.isActive ? replayBar(session, this.onAction) : nothing}
      </div>
    `;
  }

  /** Views side by side: nothing is behind a tab. */
  #renderLayout(layout: PanelLayout): TemplateResult {
    const { session } = this;
    const draw = (view: string): TemplateResult =>
      view === 'dockerfile' ? dockerfileView(session.view, session.demo.sources) : this.#tab(view, true);
    return html`
      <div class="panel" data-phase=${session.view.phase} data-origin=${session.origin}>
        ${panelHeader({ session, tabs: [], open: '', isActive: this.isActive, act: this.onAction })}
        <div class="panel-body">${session.isBlank ? atRest(this) : panelLayout(layout, draw)}</div>
        ${panelProblems(this)} ${replayNote(session)} ${fallbackHint(session)}
        ${this.isActive ? replayBar(session, this.onAction) : nothing}
      </div>
    `;
  }

  #tab(tab: string, isOpen: boolean): TemplateResult {
    return html`<div class="tab-content" data-view=${tab} ?hidden=${!isOpen}>
      ${tab === 'terminal' ? html`<div class="terminal-box"></div>` : nothing} ${this.#tabContent(tab)}
    </div>`;
  }

  #tabContent(tab: string): TemplateResult | typeof nothing {
    const { session, isActive } = this;
    const { kind, of = '' } = parseView(tab);
    switch (kind) {
      case 'app':
        return appView(session, isActive, of);
      case 'process':
        return processView(session.view);
      case 'layers':
        return layersView(session, isActive, this.onAction);
      case 'ask':
        return askView(session, isActive);
      case 'map':
        return mapView(session, isActive, this.onAction);
      case 'edit':
        return html`<edit-view .session=${session} .file=${of} .isActive=${isActive}></edit-view>`;
      case 'shell':
        return html`<shell-view
          .session=${session}
          .service=${of}
          .isActive=${isActive}
          .scaleOf=${this.scaleOf}
        ></shell-view>`;
      case 'logs':
        return html`<log-view
          .session=${session}
          .service=${of}
          .highlight=${this.highlight}
          .isActive=${isActive}
        ></log-view>`;
      default:
        return nothing;
    }
  }

  /** What the speaker chose; else the app or the box to ask it as soon as it answers, and the first view until then. */
  #openTab(tabs: string[]): string {
    const { chosenView, view } = this.session;
    if (chosenView !== undefined && tabs.includes(chosenView)) return chosenView;
    const isReady = view.app?.reachable === true && view.phase === 'ready';
    const showsApp = isReady || (this.session.origin === 'recorded' && view.snapshot !== undefined);
    const showsAnswers = isReady || view.answers.length > 0;
    if (showsApp && tabs.includes('app')) return 'app';
    return (showsAnswers && tabs.includes('ask') ? 'ask' : tabs[0]) ?? '';
  }

  #hearWheel({ target }: Event): void {
    const lines = target instanceof Element ? target.closest('.dockerfile-lines') : null;
    if (lines !== null) this.#tellScroll('dockerfile', () => Math.round(lines.scrollTop));
    if (target instanceof Element && target.closest('.terminal-box') !== null)
      this.#tellScroll('terminal', () => this.#terminal.scrolledTo);
  }

  /** After the wheel has had its effect. */
  #tellScroll(view: string, place: () => number | null): void {
    this.#scrolledAt = performance.now();
    setTimeout(() => this.session.scrollTo(view, place()), SCROLL_MS);
  }

  /** What another screen scrolled to; one's own hand is ahead of what the stage says. */
  #showScroll(): void {
    if (performance.now() - this.#scrolledAt < OWN_HAND_MS) return;
    const { scroll } = this.session.touched;
    this.#terminal.scrollTo(scroll?.['terminal']);
    const lines = this.querySelector<HTMLElement>('.dockerfile-lines');
    const top = scroll?.['dockerfile'];
    if (lines !== null && top !== undefined && lines.scrollTop !== top) lines.scrollTop = top;
  }

  protected override updated(_changed: PropertyValues): void {
    this.querySelector<AskBox>('ask-box')?.requestUpdate();
    this.querySelector<SeekBar>('seek-bar')?.requestUpdate();
    for (const one of this.querySelectorAll<LogView | ShellView | EditView>(
      'log-view, shell-view, edit-view',
    ))
      one.requestUpdate();
    showRunningLine(this);
    const box = this.querySelector<HTMLElement>('.terminal-box');
    if (box !== null) this.#terminal.draw(box, this.session.view, this.scaleOf(), this.session.terminalSize);
    this.#showScroll();
  }
}

customElements.define('demo-panel', DemoPanel);
