import type { Deck, Diagnostic, FileUse } from '../../deck/deck.ts';
import { messages } from '../../deck/messages/messages.ts';
import { parseRecording } from '../../demo/recording/cast-reader.ts';
import type { DemoDiagnostic } from '../../demo/demo-diagnostic.ts';
import { readInside } from '../../files/open-inside.ts';
import { findNamedFile, toNamedFile, type FilePlaces } from '../../site/named-files.ts';
import { toFilePlaces } from './deck-places.ts';
import { missingFiles } from './missing-files.ts';

/** What is wrong with a demo's Compose file; nothing of a demo that there isn't. */
export type MistakesOf = (demo: string) => readonly DemoDiagnostic[];

/** What is wrong with the files that a deck names: demos that it shows, pictures, recordings. `file` is the deck's path. */
export async function talkProblems(file: string, deck: Deck, mistakesOf: MistakesOf): Promise<Diagnostic[]> {
  const names = [...new Set(deck.demos.map(({ name }) => name))];
  const demos = names.flatMap(mistakesOf).map((one): Diagnostic => ({ severity: 'error', ...one }));
  const missing = await missingFiles(file, deck);
  return [...missing, ...(await brokenCasts(file, deck)), ...demos];
}

/** Recordings of terminals that play in part or not at all. */
async function brokenCasts(file: string, deck: Deck): Promise<Diagnostic[]> {
  const places = toFilePlaces(file);
  const casts = deck.files.filter(({ path, link }) => link !== true && path.endsWith('.cast'));
  const found = await Promise.all(casts.map((cast) => brokenCast(cast, places)));
  return found.filter((one) => one !== undefined);
}

async function brokenCast(use: FileUse, places: FilePlaces): Promise<Diagnostic | undefined> {
  const { path, line, column } = use;
  const named = toNamedFile(path, places);
  const found = named === undefined ? undefined : await findNamedFile(named, places);
  // That it is missing is said of every file.
  if (found === undefined) return undefined;
  const bytes = await readInside(places.root, found.path);
  if (bytes === undefined) return undefined;
  const recording = parseRecording(bytes.toString());
  const place = { line, column, length: path.length };
  if ('unreadable' in recording) return messages.brokenCast(place, path, recording.unreadable);
  const [first] = recording.problems;
  return first === undefined ? undefined : messages.doubtfulCast(place, path, first);
}
