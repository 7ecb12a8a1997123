import { lstat } from 'node:fs/promises';
import type { Deck, Diagnostic } from '../../deck/deck.ts';
import { fileMessages } from '../../deck/messages/file-messages.ts';
import { messages } from '../../deck/messages/messages.ts';
import {
  findNamedFile,
  toNamedFile,
  withFilesOfFiles,
  type FilePlaces,
  type NamedFile,
} from '../../site/named-files.ts';
import { toFilePlaces } from './deck-places.ts';

/** What the deck names and nobody will see: files that are not there, or that are not handed out; also of its style sheets and pages. */
export async function missingFiles(deckFile: string, deck: Deck, cwd?: string): Promise<Diagnostic[]> {
  const places = toFilePlaces(deckFile, cwd);
  const found: Diagnostic[] = [];
  const there = new Map<string, { file: NamedFile; use: Deck['files'][number] }>();
  for (const use of deck.files) {
    const file = toNamedFile(use.path, places);
    if (file === undefined) continue;
    if ((await findNamedFile(file, places)) === undefined) found.push(await toDiagnostic(file, use, places));
    else there.set(file.address, { file, use });
  }
  for (const file of await withFilesOfFiles(
    [...there.values()].map((one) => one.file),
    places,
  )) {
    // Only what the deck itself brings in: a page of somebody else may name much that it can do without.
    const owner = file.from === undefined ? undefined : there.get(file.from)?.use;
    if (owner === undefined || (await findNamedFile(file, places)) !== undefined) continue;
    found.push(fileMessages.missingInFile(placeOf(owner), owner.path, file.reference));
  }
  return found;
}

async function toDiagnostic(
  file: NamedFile,
  use: Deck['files'][number],
  { root }: FilePlaces,
): Promise<Diagnostic> {
  const place = placeOf(use);
  for (const candidate of file.candidates) {
    const stats = await lstat(candidate).catch(() => undefined);
    if (stats === undefined) continue;
    if (stats.isDirectory()) return fileMessages.notHandedOut(place, use.path, 'is a folder');
    if (!stats.isFile() && !stats.isSymbolicLink())
      return fileMessages.notHandedOut(place, use.path, 'is not an ordinary file');
    return fileMessages.notHandedOut(place, use.path, `is private, or leads out of ${root}`);
  }
  const toMessage = use.link === true ? messages.missingLinkTarget : messages.missingPicture;
  return toMessage(place, use.path);
}

function placeOf({ line, column, path }: Deck['files'][number]): {
  line: number;
  column: number;
  length: number;
} {
  return { line, column, length: path.length };
}
