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
  stacks: readonly string[];
  files: readonly NamedFile[];
  all: Promise<NamedFile[]> | undefined;
  readAt: number;
}

/** Opens the files that slides name, by address; `stacks` gives the slides as they are now. */
export function toOpenFile(stacks: () => readonly string[], places: FilePlaces): OpenFile {
  let known: Known = { stacks: [], files: [], all: undefined, readAt: 0 };
  const openFirst = async (files: readonly NamedFile[], address: string) => {
    for (const file of files) {
      const opened = file.address === address ? await openNamedFile(file, places) : undefined;
      if (opened !== undefined) return opened;
    }
    return undefined;
  };
  return async (address) => {
    const now = stacks();
    if (known.stacks !== now)
      known = { stacks: now, files: namedFiles(now.join('\n'), places), all: undefined, readAt: 0 };
    const opened = await openFirst(known.files, address);
    if (opened !== undefined) return opened;
    if (performance.now() - known.readAt > KNOWN_MS) known.all = undefined;
    known.all ??= withFilesOfFiles(known.files, places).finally(() => (known.readAt = performance.now()));
    return openFirst(await known.all, address);
  };
}
