import type { Deck } from '../deck/deck.ts';
import type { FoundEngine } from '../engine/find-engine.ts';
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
  const errors = deck.diagnostics.filter((one) => one.severity === 'error');
  for (const { line, column, message, hint } of errors) {
    const next = hint === undefined ? '' : `\n  ${hint}`;
    process.stderr.write(`${path.shown}:${line}:${column}: ${message}${next}\n`);
  }
  const warnings = deck.diagnostics.length - errors.length;
  if (warnings > 0) process.stdout.write(`  ${warnings} warnings: deckhand check ${path.shown}\n`);
}

/** Which engine runs the demos, and why that one; told again when it goes or comes back. */
export function printEngine(found: FoundEngine): void {
  const words = found.engine === undefined ? `${found.problem.message} Recordings play.` : found.why;
  process.stdout.write(`  ${words}\n`);
}
