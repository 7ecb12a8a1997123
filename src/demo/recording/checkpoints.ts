import { foldWithoutText } from '../run/fold-run-event.ts';
import { emptyRunView, type RunView } from '../run/run-view.ts';
import type { RunEvent } from '../run/run-event.ts';
import { terminalText } from '../run/terminal-text.ts';

/** Events from one checkpoint to the next: folding as many takes a few ms. */
const STRIDE = 2000;
/** Lines of output that a view begins with, as far as a terminal scrolls back; and characters, where nothing ends its lines. */
const MAX_LINES = 5000;
const MAX_TEXT = 900_000;

/** What a panel showed at any place of a recording, without folding it from its beginning each time. */
export class Checkpoints {
  readonly #events: readonly RunEvent[];
  /** The view before event 0, STRIDE, 2 × STRIDE and so on, without its transcript. */
  readonly #views: RunView[] = [emptyRunView()];

  constructor(events: readonly RunEvent[]) {
    this.#events = events;
  }

  /** The view after the first `count` events: a new one, to go on folding in. */
  viewAt(count: number): RunView {
    const wanted = Math.floor(count / STRIDE);
    while (this.#views.length <= wanted) this.#addOne();
    const base = this.#views[wanted];
    const view = base === undefined ? emptyRunView() : cloneWithoutText(base);
    this.#fold(view, wanted * STRIDE, count);
    return withTranscript(view, this.#events, count);
  }

  #addOne(): void {
    const done = this.#views.length - 1;
    const last = this.#views[done];
    const view = last === undefined ? emptyRunView() : cloneWithoutText(last);
    this.#fold(view, done * STRIDE, (done + 1) * STRIDE);
    this.#views.push(cloneWithoutText(view));
  }

  #fold(view: RunView, from: number, to: number): void {
    for (const event of this.#events.slice(from, to)) foldWithoutText(view, event);
  }
}

/** Folding changes steps in place, and adds to the lists; everything else in a view is replaced, never changed. */
export function cloneWithoutText(view: RunView): RunView {
  return {
    ...view,
    sources: [...view.sources],
    steps: view.steps.map((step) => ({ ...step })),
    pulls: new Map(view.pulls),
    answers: [...view.answers],
    shells: new Map(
      [...view.shells].map(([name, shell]) => [name, { ...shell, transcript: [...shell.transcript] }]),
    ),
    transcript: [],
    transcriptDropped: 0,
    transcriptSize: 0,
  };
}

/** The end of what the terminal had shown: read backwards, as far as anybody scrolls. */
function withTranscript(view: RunView, events: readonly RunEvent[], count: number): RunView {
  const texts: string[] = [];
  let size = 0;
  let index = count;
  let lines = 0;
  while (index > 0 && size < MAX_TEXT && lines < MAX_LINES) {
    index -= 1;
    const event = events[index];
    const text = event === undefined ? '' : terminalText(event);
    if (text === '') continue;
    texts.push(text);
    size += text.length;
    lines += countLines(text);
  }
  // What is left out counts as dropped: the terminal then says so.
  const dropped = index > 0 ? [''] : [];
  view.transcript = [...dropped, ...texts.toReversed()];
  view.transcriptDropped = dropped.length;
  view.transcriptSize = size;
  return view;
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
