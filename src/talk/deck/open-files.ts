import { htmlOf } from '../../deck/look.ts';
import type { OpenFile } from '../../server/routes/deck-files.ts';
import {
  namedFiles,
  openNamedFile,
  withFilesOfFiles,
  type FilePlaces,
  type NamedFile,
} from '../../site/named-files.ts';

/** How long what style sheets and framed pages name is taken for known, in ms: somebody may be editing them. */
const KNOWN_MS = 1000;

interface Known {
  deck: HtmlDeck | undefined;
  files: readonly NamedFile[];
  all: Promise<NamedFile[]> | undefined;
  readAt: number;
}

type HtmlDeck = Parameters<typeof htmlOf>[0];

/** Opens the files that the deck names, by address; `deck` gives it as it is now. */
export function toOpenFile(deck: () => HtmlDeck, places: FilePlaces): OpenFile {
  let known: Known = { deck: undefined, files: [], all: undefined, readAt: 0 };
  const openFirst = async (files: readonly NamedFile[], address: string) => {
    for (const file of files) {
      const opened = file.address === address ? await openNamedFile(file, places) : undefined;
      if (opened !== undefined) return opened;
    }
    return undefined;
  };
  return async (address) => {
    const now = deck();
    if (known.deck !== now)
      known = { deck: now, files: namedFiles(htmlOf(now), places), all: undefined, readAt: 0 };
    const opened = await openFirst(known.files, address);
    if (opened !== undefined) return opened;
    if (performance.now() - known.readAt > KNOWN_MS) known.all = undefined;
    known.all ??= withFilesOfFiles(known.files, places).finally(() => (known.readAt = performance.now()));
    return openFirst(await known.all, address);
  };
}
