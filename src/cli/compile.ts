import { compileDeck } from '../deck/compile.ts';
import type { CompileOptions } from '../deck/deck.ts';
import type { Writers } from '../talk/writers.ts';
import { compileWithFiles } from '../talk/deck/compile-talk.ts';
import { toFilePlaces } from '../talk/deck/deck-places.ts';
import { readDeckFile } from '../talk/deck/deck-file.ts';
import { diagnosticText } from '../talk/deck/diagnostic-text.ts';

/**
 * `deckhand compile FILE`: prints the sections (what stands inside `.slides`, title slide included) to stdout and the
 * diagnostics to stderr.
 *
 * @param file the deck's path, as the user wrote it
 * @param options `slideLevel` from `--slide-level`; `demos` if unknown demos and views are to be errors
 * @returns the exit code: 0, or 1 if the deck has errors. The sections are printed all the same.
 */
export async function runCompile(file: string, options: CompileOptions, writers: Writers): Promise<number> {
  const { text, problem } = await readDeckFile(file);
  if (text === undefined) {
    writers.stderr(diagnosticText(file, '', problem));
    return 1;
  }
  const deck = await compileWithFiles(text, options, toFilePlaces(file), compileDeck);
  if (deck.stacks.length > 0) writers.stdout(`${deck.stacks.join('\n')}\n`);
  for (const diagnostic of deck.diagnostics) writers.stderr(diagnosticText(file, text, diagnostic));
  return deck.diagnostics.some((diagnostic) => diagnostic.severity === 'error') ? 1 : 0;
}
