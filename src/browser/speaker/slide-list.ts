import { entryOf } from '../../demo/run/entry-of.ts';
import { html, nothing, type TemplateResult } from 'lit';
import type { PlannedSlide } from '../../stage/talk-plan.ts';
import type { StageClient } from '../stage/stage-client.ts';
import type { DeckNotes } from './deck-notes.ts';
import { toClock } from '../../stage/to-clock.ts';

interface ListParts {
  stage: StageClient;
  notes: DeckNotes;
  close(): void;
}

/** All slides, to jump to; with the time that each should take, and the time that it took. */
export function slideList({ stage, notes, close }: ListParts): TemplateResult {
  const { plan } = notes;
  const isPlanned = plan.source !== undefined;
  return html`<nav class="slide-list" aria-label="Slides">
    <h2>
      Slides
      <span class="space"></span>
      <button @click=${close}>Close</button>
    </h2>
    <ol>
      ${plan.slides.map((slide) => entry(slide, notes.nameOf(slide), stage, close))}
    </ol>
    ${isPlanned ? html`<p>Planned from ${plan.source}.</p>` : nothing}
  </nav>`;
}

function entry(slide: PlannedSlide, name: string, stage: StageClient, close: () => void): TemplateResult {
  const { h, v } = slide;
  const isHere = stage.state.position.h === h && stage.state.position.v === v;
  const spent = entryOf(stage.times, slide.key);
  const go = () => {
    void stage.change({ type: 'move', position: { h, v, f: -1 } }).catch(() => {});
    close();
  };
  return html`<li>
    <button data-number=${slide.number} aria-current=${isHere ? 'true' : 'false'} @click=${go}>
      <span class="slide-title">${name}</span>
      <span class="slide-time"
        >${spent === undefined ? nothing : html`<b title="Took">${toClock(spent)}</b>`}
        ${slide.plannedMs === undefined ? nothing : html`<span title="Planned">${toClock(slide.plannedMs)}</span>`}</span
      >
    </button>
  </li>`;
}
