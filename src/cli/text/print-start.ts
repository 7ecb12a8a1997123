import type { Deck } from '../../deck/deck.ts';
import type { FoundEngine } from '../../engine/find-engine.ts';
import { toPairingAddress, toReadableCode, type LanState } from '../../stage/lan-state.ts';
import type { DeckPath } from '../../talk/deck/deck-path.ts';

/** What the terminal shows once the deck is up. `link` lets a browser in. */
export function printStart(link: string, path: DeckPath, deck: Deck): void {
  const lines = [
    deck.title || path.shown,
    `  ${link}  ${deck.slides.length} slides from ${path.shown}`,
    `  ${link}speaker  the speaker view (S in the deck)`,
    '  ? in the deck shows the keys, Ctrl+C ends everything',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const warnings = deck.diagnostics.filter(({ severity }) => severity === 'warning').length;
  if (warnings > 0) process.stdout.write(`  ${warnings} warnings: deckhand check ${path.shown}\n`);
}

/** Which engine runs the demos, and why that one; told again when it goes or comes back. */
export function printEngine(found: FoundEngine): void {
  const words = found.engine === undefined ? `${found.problem.message} Recordings play.` : found.why;
  process.stdout.write(`  ${words}\n`);
}

/** Where phones and the audience find the talk, with a code to scan. */
export async function printLan({ origin, problem, remote, audience }: LanState): Promise<void> {
  if (origin === undefined) return void process.stdout.write(`  ${problem}\n`);
  const { renderUnicodeCompact } = await import('uqr');
  const show = (address: string) =>
    `${renderUnicodeCompact(address, { border: 2 }).replaceAll(/^/gm, '  ')}\n`;
  if (audience !== undefined) process.stdout.write(`  ${origin}/follow  for the audience\n`);
  if (remote === undefined) return;
  const until = new Date(remote.expiresAt).toLocaleTimeString(undefined, {
    hour: 'numeric',
    minute: '2-digit',
  });
  process.stdout.write(`  ${origin}/remote  for your phone; this code pairs one, until ${until}:\n`);
  process.stdout.write(show(toPairingAddress(origin, remote.code)));
  process.stdout.write(`  or type ${toReadableCode(remote.code)}. The speaker view has the next one.\n`);
}
