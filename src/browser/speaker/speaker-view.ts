import { freezeControl } from './freeze-control.ts';
import { breakControl } from './break-control.ts';
import { html, nothing, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { StageClient } from '../stage/stage-client.ts';
import type { DeckNotes } from './deck-notes.ts';
import type { DemoConsole } from './demo-console.ts';
import { fallbackPrompt } from './fallback-prompt.ts';
import { pressKey } from './forward-keys.ts';
import type { RemoteCard } from './remote-card.ts';
import type { SpeakerSettings } from './settings.ts';
import { slideList } from './slide-list.ts';
import { talkTime } from './talk-time.ts';
import type { PreflightBoard } from './preflight-board.ts';

export interface SpeakerParts {
  stage: StageClient;
  /** Where the deck's page is, for the mirrors. */
  deckAddress: string;
  notes: DeckNotes;
  settings: SpeakerSettings;
  demos: DemoConsole;
  devices: RemoteCard;
  /** What lies over the view. */
  open: { list: boolean };
  preflight: PreflightBoard | undefined;
  /** Whether Deckhand has stopped answering. */
  isLost: boolean;
  redraw(): void;
}

export function speakerView(parts: SpeakerParts): TemplateResult {
  const { stage, deckAddress, notes, settings, demos } = parts;
  return html`
    <h1 class="unseen">Speaker view</h1>
    ${bar(parts)}
    <section class="screen screen-current" aria-label="Current slide">
      <iframe
        class="current"
        allow="autoplay 'none'"
        src="${deckAddress}?mirror=current"
        title="Current slide"
      ></iframe>
    </section>
    <section class="screen screen-next" aria-label="Next step" ?hidden=${settings.isSingle}>
      <h2>Next</h2>
      <iframe
        class="next"
        allow="autoplay 'none'"
        src="${deckAddress}?mirror=next"
        title="Next step"
        tabindex="-1"
      ></iframe>
    </section>
    ${notesView(parts)} ${demos.view(notes.demosAt(stage.state.position))}
    ${parts.open.list ? slideList({ stage, notes, close: closeList(parts) }) : nothing}
    ${fallbackPrompt(stage)}
  `;
}

function bar(parts: SpeakerParts): TemplateResult {
  const { stage, notes, settings, preflight, isLost, redraw, open } = parts;
  const { number, of } = notes.countAt(stage.state.position);
  const toggleList = () => {
    open.list = !open.list;
    redraw();
  };
  const toggleSingle = () => {
    settings.toggle('isSingle');
    redraw();
  };
  return html`<header class="bar">
    ${talkTime({ stage, plan: notes.plan, settings, redraw })}
    <span class="space"></span>
    ${isLost ? html`<span class="lost" role="alert">Deckhand does not answer</span>` : nothing}
    ${stage.state.notKept === undefined ? nothing : html`<span class="lost" role="alert">${stage.state.notKept}</span>`}
    ${breakControl(stage)} ${freezeControl(stage)} ${preflight?.view(stage.now())} ${parts.devices.view()}
    <button title="Draw on the slide (D)" @click=${() => pressKey(KEY_D)}>Draw</button>
    <button title="Point with the laser (Q)" @click=${() => pressKey(KEY_Q)}>Point</button>
    <button
      title="Notes over the slide, for a laptop without a second display"
      aria-pressed=${settings.isSingle}
      @click=${toggleSingle}
    >
      One screen
    </button>
    <button aria-expanded=${open.list} @click=${toggleList}>
      <span class="count">${number} / ${of}</span> Slides
    </button>
  </header>`;
}

const KEY_D = 68;
const KEY_Q = 81;

function closeList({ open, redraw }: SpeakerParts): () => void {
  return () => {
    open.list = false;
    redraw();
  };
}

function notesView({ stage, notes, settings, redraw }: SpeakerParts): TemplateResult {
  const pieces = notes.notesAt(stage.state.position);
  const resize = (change: 'larger' | 'smaller') => () => {
    settings.resizeNotes(change);
    redraw();
  };
  return html`<section class="notes" aria-label="Notes">
    <h2>
      Notes
      <button aria-label="A− Smaller notes" @click=${resize('smaller')}>A−</button>
      <button aria-label="A+ Larger notes" @click=${resize('larger')}>A+</button>
    </h2>
    <div class="notes-text" style="font-size:${settings.rem}rem" tabindex="0">
      ${
        pieces.length === 0
          ? html`<p class="empty">No notes on this slide.</p>`
          : pieces.map(
              ({ html: text, isNow }) =>
                html`<div class="note" ?data-later=${!isNow}>${unsafeHTML(text)}</div>`,
            )
      }
    </div>
  </section>`;
}
