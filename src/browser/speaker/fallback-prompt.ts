import './fallback-prompt.css';
import { html, nothing, type TemplateResult } from 'lit';
import type { FallbackOffer } from '../../stage/fallback.ts';
import { offerOf } from '../../stage/panel-state.ts';
import type { StageClient } from '../stage/stage-client.ts';

interface OpenOffer {
  demo: string;
  title: string;
  offer: FallbackOffer;
  /** Of its recording, `2026-11-23`. */
  date: string;
}

/** A live run is in trouble: what is wrong with it, and whether the recording goes on. Nothing when all is well. */
export function fallbackPrompt(stage: StageClient): TemplateResult | typeof nothing {
  const offers = openOffers(stage);
  if (offers.length === 0) return nothing;
  return html`<section class="fallback-prompts" aria-label="Demos in trouble">
    ${offers.map((open, i) => prompt(stage, open, i === 0))}
  </section>`;
}

const looksRunning = (seconds: number) =>
  `To the audience it has looked like it is running for ${seconds} s.`;

const WORDS: Record<
  FallbackOffer['reason'],
  { what: string; note: (seconds: number) => string; leave: string }
> = {
  failed: { what: 'failed', note: looksRunning, leave: 'Show the error' },
  slow: { what: 'is slow', note: looksRunning, leave: 'Keep waiting' },
  command: {
    what: 'did not do what was typed',
    note: () => 'The audience has seen what it printed. The recording shows the command as it should be.',
    leave: 'Leave it',
  },
};

function prompt(stage: StageClient, open: OpenOffer, hasKey: boolean): TemplateResult {
  const { title, offer, date } = open;
  const { what, note, leave } = WORDS[offer.reason];
  const seconds = Math.max(0, Math.round((stage.now() - offer.since) / 1000));
  return html`<div class="fallback-prompt" role="alertdialog" aria-label=${title}>
    <p class="fallback-what">
      <b>${title} ${what}</b>
      <span>${offer.message}</span> <span class="fallback-advice">${offer.hint}</span>
    </p>
    <p class="fallback-note">${note(seconds)}</p>
    <p class="fallback-choice">
      <button class="fallback-take" @click=${() => decide(stage, open, true)}>
        Continue from the recording${date === '' ? '' : ` of ${date}`}
        ${hasKey ? html`<kbd>E</kbd>` : nothing}
      </button>
      <button @click=${() => decide(stage, open, false)}>${leave}</button>
    </p>
  </div>`;
}

/** Tells the stage that somebody can see an offer: else, the panel itself makes it. Of a window that nobody sees, it doesn't. */
export function tellSeenOffers(stage: StageClient): void {
  const tell = () => {
    if (document.visibilityState !== 'visible') return;
    for (const { demo, offer } of openOffers(stage))
      if (!offer.isSeen) void stage.change({ type: 'fallback-seen', demo }).catch(() => {});
  };
  stage.listen({ stage: tell });
  document.addEventListener('visibilitychange', tell);
}

/** `E` answers the oldest offer, whatever slide the talk is on; everything else is left to the other keys. */
export function answerFallbackByKey(stage: StageClient): void {
  const onKey = (event: KeyboardEvent) => {
    const [oldest] = openOffers(stage);
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (oldest === undefined || event.key.toLowerCase() !== 'e' || !isPlain || isTyping(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    decide(stage, oldest, true);
  };
  document.addEventListener('keydown', onKey, { capture: true });
}

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

function openOffers(stage: StageClient): OpenOffer[] {
  const open = Object.entries(stage.state.panels).flatMap(([demo, panel]): OpenOffer[] => {
    const offer = offerOf(panel);
    if (offer === undefined) return [];
    const summary = stage.demos.find(({ name }) => name === demo);
    const date = summary?.recording?.date.slice(0, 10) ?? '';
    return [{ demo, offer, title: summary?.title ?? demo, date }];
  });
  return open.toSorted((a, b) => a.offer.since - b.offer.since);
}

function decide(stage: StageClient, { demo, offer }: OpenOffer, take: boolean): void {
  // The speaker view says by itself when Deckhand does not answer.
  void stage.change({ type: 'fallback', demo, take, answers: offer.since }).catch(() => {});
}
