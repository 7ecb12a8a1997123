import type { Deck } from '../deck/deck.ts';
import type { DeckPath } from './deck-path.ts';

/** What the terminal shows once the deck is up. */
export function printStart(url: string, path: DeckPath, deck: Deck): void {
  const lines = [
    deck.title || path.shown,
    `  ${url}  ${deck.slides.length} slides from ${path.shown}`,
    `  ${url}speaker  the speaker view (S in the deck)`,
    '  ? in the deck shows the keys, Ctrl+C ends everything',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  for (const { severity, line, column, message, hint } of deck.diagnostics) {
    process.stderr.write(
      `${path.shown}:${line}:${column}: ${severity}: ${message}${hint ? `\n  ${hint}` : ''}\n`,
    );
  }
}
