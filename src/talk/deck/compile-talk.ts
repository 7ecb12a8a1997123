import { compileTalk } from '../../deck/compile.ts';
import type { CompileOptions, Deck } from '../../deck/deck.ts';
import { openNamedFile, toNamedFile, type FilePlaces } from '../../site/named-files.ts';

/** Nobody reads more than this on a slide, in bytes. */
const MAX_BYTES = 2_000_000;

/** Compiles a deck with the files that its code fences show (`file=`), read where its pictures are looked for. */
export async function compileWithFiles(
  text: string,
  options: CompileOptions,
  places: FilePlaces,
  compile: (text: string, options: CompileOptions) => Deck = compileTalk,
): Promise<Deck> {
  const deck = compile(text, options);
  if (deck.codeFiles.length === 0) return deck;
  const codeFiles = new Map<string, string>();
  for (const path of new Set(deck.codeFiles)) {
    const found = await readCode(path, places);
    if (found !== undefined) codeFiles.set(path, found);
  }
  return compile(text, { ...options, codeFiles });
}

async function readCode(path: string, places: FilePlaces): Promise<string | undefined> {
  const named = toNamedFile(path, places);
  await using file = named === undefined ? undefined : await openNamedFile(named, places);
  if (file === undefined || file.stats.size > MAX_BYTES) return undefined;
  return file.handle.readFile('utf8');
}
