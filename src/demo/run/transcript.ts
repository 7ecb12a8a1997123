/** What a terminal shows, in the order it came. */
export interface Transcript {
  transcript: string[];
  /** How many of its first entries were emptied, because nobody scrolls back that far. */
  transcriptDropped: number;
  /** Characters in what is left of it. */
  transcriptSize: number;
}

/** Adds to it, and empties what is too far back: a demo that prints for an hour must not fill the page's memory. */
export function addText(to: Transcript, text: string, most: number): void {
  to.transcript.push(text);
  to.transcriptSize += text.length;
  while (to.transcriptSize > most && to.transcriptDropped < to.transcript.length - 1) {
    to.transcriptSize -= to.transcript[to.transcriptDropped]?.length ?? 0;
    to.transcript[to.transcriptDropped] = '';
    to.transcriptDropped += 1;
  }
}
