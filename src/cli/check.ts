import { compileWithFiles } from '../talk/deck/compile-talk.ts';
import { toFilePlaces } from '../talk/deck/deck-places.ts';
import type { CompileOptions, Deck, Diagnostic } from '../deck/deck.ts';
import { layoutMessages } from '../deck/messages/layout-messages.ts';
import type { Place } from '../deck/messages/message.ts';
import type { LayoutReport } from '../print/measure-layout.ts';
import type { TooWide } from '../stage/print-report.ts';
import type { Writers } from '../talk/writers.ts';
import { readDeckFile } from '../talk/deck/deck-file.ts';
import { talkProblems, type MistakesOf } from '../talk/deck/talk-problems.ts';
import { countText, diagnosticText } from '../talk/deck/diagnostic-text.ts';

export interface CheckOptions extends CompileOptions {
  /** Print one JSON object instead of text: `{file, errors, warnings, diagnostics}`. */
  json?: boolean;
  /** What is wrong with the demos' own files. */
  mistakesOf?: MistakesOf;
  /** `--layout`: opens the deck in a browser and answers the slides that don't fit. */
  measure?: (deck: Deck) => Promise<readonly LayoutReport[]>;
}

/**
 * `deckhand check FILE`: prints every problem of a deck with its place, its line and what to write instead.
 *
 * @param file the deck's path, as the user wrote it
 * @returns the exit code: 0 without errors (warnings are allowed), 1 with
 */
export async function runCheck(file: string, options: CheckOptions, writers: Writers): Promise<number> {
  const { text, problem } = await readDeckFile(file);
  const diagnostics = text === undefined ? [problem] : await checkText(file, text, options);
  if (options.json === true) writers.stdout(`${toJson(file, diagnostics)}\n`);
  else printText(file, text ?? '', diagnostics, writers);
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error') ? 1 : 0;
}

async function checkText(file: string, text: string, options: CheckOptions): Promise<Diagnostic[]> {
  const deck = await compileWithFiles(text, options, toFilePlaces(file));
  const found = [...deck.diagnostics, ...(await talkProblems(file, deck, options.mistakesOf ?? (() => [])))];
  if (options.measure !== undefined) found.push(...layoutDiagnostics(deck, await options.measure(deck)));
  const name = (one: Diagnostic) => one.file ?? '';
  return found.toSorted((a, b) => name(a).localeCompare(name(b)) || a.line - b.line || a.column - b.column);
}

/** What a browser found too large or could not draw, at the line where each slide starts. Errors: what is cut off. */
export function layoutDiagnostics(deck: Deck, reports: readonly LayoutReport[]): Diagnostic[] {
  return reports.flatMap(({ h, v, below, beside, tooWide, missingGlyphs }) => {
    const slide = deck.slides.find((candidate) => candidate.h === h && candidate.v === v);
    if (slide === undefined) return [];
    const title = slide.title === '' ? slide.id : slide.title;
    const place = { line: slide.line, column: 1 };
    return [
      ...(below > 0 ? [layoutMessages.slideOverflows(place, title, Math.ceil(below))] : []),
      ...(beside > 0 ? [layoutMessages.slideTooWide(place, title, Math.ceil(beside))] : []),
      ...tooWide.map((one) => toMessage(place, title, one)),
      ...(missingGlyphs.length > 0 ? [layoutMessages.missingGlyphs(place, title, missingGlyphs)] : []),
    ];
  });
}

function toMessage(place: Place, title: string, { what, pixels, scale }: TooWide): Diagnostic {
  const [more, percent] = [Math.ceil(pixels), Math.round(scale * 100)];
  if (what === 'slide') return layoutMessages.slideShrunk(place, title, more, percent);
  return what === 'table'
    ? layoutMessages.tableShrunk(place, title, more, percent)
    : layoutMessages.codeWraps(place, title, more);
}

function toJson(file: string, diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  return JSON.stringify({ file, errors, warnings: diagnostics.length - errors, diagnostics }, undefined, 2);
}

function printText(file: string, text: string, diagnostics: readonly Diagnostic[], writers: Writers): void {
  for (const diagnostic of diagnostics) writers.stdout(diagnosticText(file, text, diagnostic));
  writers.stdout(diagnostics.length === 0 ? `${file}: no problems\n` : `${countText(diagnostics)}\n`);
}
