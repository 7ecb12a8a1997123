import { html, nothing, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { timerElapsed, type StageChange } from '../../stage/stage-state.ts';
import type { StageClient } from '../stage/stage-client.ts';
import type { DeckNotes } from './deck-notes.ts';
import type { NotesSize } from './notes-size.ts';

export interface SpeakerParts {
  stage: StageClient;
  /** Where the deck's page is, for the mirrors. */
  deckAddress: string;
  notes: DeckNotes;
  size: NotesSize;
  /** Whether Deckhand has stopped answering. */
  isLost: boolean;
  redraw(): void;
}

export function speakerView(parts: SpeakerParts): TemplateResult {
  const { stage, deckAddress, notes, isLost } = parts;
  const { number, of } = notes.countAt(stage.state.position);
  return html`
    <header class="bar">
      ${clock()} ${timer(stage)}
      <span class="space"></span>
      ${isLost ? html`<span class="lost" role="alert">Deckhand does not answer</span>` : nothing}
      ${stage.state.isPaused ? html`<span class="paused">screen is black</span>` : nothing}
      <span class="count">${number} / ${of}</span>
    </header>
    <section class="screen screen-current" aria-label="Current slide">
      <iframe class="current" src="${deckAddress}?mirror=current" title="Current slide"></iframe>
    </section>
    <section class="screen screen-next" aria-label="Next step">
      <h2>Next</h2>
      <iframe class="next" src="${deckAddress}?mirror=next" title="Next step" tabindex="-1"></iframe>
    </section>
    ${notesView(parts)}
  `;
}

function clock(): TemplateResult {
  const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(new Date());
  return html`<span class="clock" title="Clock">${time}</span>`;
}

function timer(stage: StageClient): TemplateResult {
  const { timer: state } = stage.state;
  const isRunning = state.startedAt !== null;
  const change = (action: 'start' | 'pause' | 'reset') => () => {
    const wish: StageChange = { type: 'timer', action };
    void stage.change(wish).catch(() => {});
  };
  return html`<span class="timer" ?data-paused=${!isRunning} title="Time since the talk began">
      ${toClock(timerElapsed(state, stage.now()))}
    </span>
    <button @click=${change(isRunning ? 'pause' : 'start')}>${isRunning ? 'Pause' : 'Start'}</button>
    <button @click=${change('reset')}>Reset</button>`;
}

/** `7:05`, `1:02:03`. */
function toClock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** A full disk costs a recording, not the talk: the speaker should know, the audience need not. */
function notRecorded({ demos }: StageClient): (TemplateResult | typeof nothing)[] {
  return demos.map(({ title, notRecorded: why }) =>
    why === undefined ? nothing : html`<p class="not-recorded" role="status">${title}: ${why}</p>`,
  );
}

function notesView({ stage, notes, size, redraw }: SpeakerParts): TemplateResult {
  const text = notes.notesAt(stage.state.position);
  const resize = (change: 'larger' | 'smaller') => () => {
    size[change]();
    redraw();
  };
  return html`<section class="notes" aria-label="Notes">
    <h2>
      Notes
      <button aria-label="Smaller notes" @click=${resize('smaller')}>A−</button>
      <button aria-label="Larger notes" @click=${resize('larger')}>A+</button>
    </h2>
    ${notRecorded(stage)}
    <div class="notes-text" style="font-size:${size.rem}rem" tabindex="0">
      ${text === '' ? html`<p class="empty">No notes on this slide.</p>` : unsafeHTML(text)}
    </div>
  </section>`;
}
