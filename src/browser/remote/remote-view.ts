import { html, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { toLaserPoint, type LaserSender } from '../deck/laser.ts';
import type { DeckNotes } from '../speaker/deck-notes.ts';
import type { DemoConsole } from '../speaker/demo-console.ts';
import { fallbackPrompt } from '../speaker/fallback-prompt.ts';
import { pressKey } from '../speaker/forward-keys.ts';
import type { SpeakerSettings } from '../speaker/settings.ts';
import { talkTime } from '../speaker/talk-time.ts';
import type { StageClient } from '../stage/stage-client.ts';

export interface RemoteParts {
  stage: StageClient;
  notes: DeckNotes;
  settings: SpeakerSettings;
  demos: DemoConsole;
  laser: LaserSender;
  isLost: boolean;
  redraw(): void;
}

/** What a clicker's two buttons send. */
const [PAGE_UP, PAGE_DOWN] = [33, 34];

/** One hand, without looking: two large buttons below; above them what there is to say and to see. */
export function remoteView(parts: RemoteParts): TemplateResult {
  const { stage, notes, settings, demos, isLost, redraw } = parts;
  const { position, isPaused } = stage.state;
  const { number, of } = notes.countAt(position);
  const black = () => void stage.change({ type: 'pause', isPaused: !isPaused }).catch(() => {});
  return html`
    <header class="remote-bar">
      ${isLost ? html`<span class="lost" role="alert">No connection …</span>` : talkTime({ stage, plan: notes.plan, settings, redraw })}
      <span class="space"></span>
      <button aria-pressed=${isPaused} @click=${black}>Black</button>
      <span class="count">${number} / ${of}</span>
    </header>
    <section class="remote-slide" aria-label="Current slide: touch it to point">
      <iframe
        class="current"
        allow="autoplay 'none'"
        src="/slides?mirror=current"
        title="Current slide"
        tabindex="-1"
      ></iframe>
      ${laserPad(parts.laser)}
    </section>
    <section class="remote-words">${demos.view(notes.demosAt(position))} ${notesView(parts)}</section>
    <footer class="remote-buttons">
      <button class="back" @click=${() => pressKey(PAGE_UP)}>Back</button>
      <button class="next" @click=${() => pressKey(PAGE_DOWN)}>Next</button>
    </footer>
    ${fallbackPrompt(stage)}
  `;
}

/** A finger on the slide points there, for as long as it stays. */
function laserPad(laser: LaserSender): TemplateResult {
  const point = (event: PointerEvent) => {
    const slide = slideBox();
    if (slide !== undefined) laser.point(toLaserPoint(event, slide));
  };
  const down = (event: PointerEvent) => {
    if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
    point(event);
  };
  const move = (event: PointerEvent) => {
    if (event.buttons > 0) point(event);
  };
  const up = () => laser.point(null);
  return html`<div
    class="laser-pad"
    @pointerdown=${down}
    @pointermove=${move}
    @pointerup=${up}
    @pointercancel=${up}
  ></div>`;
}

/** Where the slide itself is on this page: the mirror leaves an edge around it. */
function slideBox(): DOMRect | undefined {
  const frame = document.querySelector<HTMLIFrameElement>('iframe.current');
  const slide = frame?.contentDocument?.querySelector('.laser-layer')?.getBoundingClientRect();
  const edge = frame?.getBoundingClientRect();
  if (slide === undefined || edge === undefined) return undefined;
  return new DOMRect(edge.left + slide.left, edge.top + slide.top, slide.width, slide.height);
}

function notesView({ stage, notes, settings, redraw }: RemoteParts): TemplateResult {
  const pieces = notes.notesAt(stage.state.position);
  const resize = (change: 'larger' | 'smaller') => () => {
    settings.resizeNotes(change);
    redraw();
  };
  return html`<section class="remote-notes" aria-label="Notes">
    ${
      pieces.length === 0
        ? html`<p class="empty">No notes on this slide.</p>`
        : html`<p class="size">
              <button aria-label="Smaller notes" @click=${resize('smaller')}>A−</button>
              <button aria-label="Larger notes" @click=${resize('larger')}>A+</button>
            </p>
            <div style="font-size:${settings.rem}rem">
              ${pieces.map(({ html: text, isNow }) => html`<div class="piece" ?data-now=${isNow}>${unsafeHTML(text)}</div>`)}
            </div>`
    }
  </section>`;
}
