import { stat } from 'node:fs/promises';

/**
 * Looks at files again and again, for where no event tells of a change: behind links, in folders that were replaced, on network
 * drives and other systems' disks. `onChange` gets those that changed; one that is new in `paths` only counts from then on. Gives
 * what ends it.
 */
export function pollFiles(
  paths: () => readonly string[],
  everyMs: number,
  onChange: (changed: string[]) => void,
): () => void {
  let known = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const look = async () => {
    const found = await Promise.all(
      paths().map(async (path): Promise<[string, string]> => [path, await markOf(path)]),
    );
    if (isClosed) return;
    const changed = found.filter(([path, mark]) => (known.get(path) ?? mark) !== mark);
    known = new Map(found);
    if (changed.length > 0) onChange(changed.map(([path]) => path));
    later();
  };
  const later = () => {
    timer = setTimeout(() => void look(), everyMs);
    timer.unref();
  };
  void look();
  return () => {
    isClosed = true;
    clearTimeout(timer);
  };
}

/** Another mark is another content; of a folder, another folder. Empty for what isn't there. */
async function markOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return '';
  const { dev, ino, size, mtimeMs, ctimeMs } = found;
  return (found.isDirectory() ? [dev, ino] : [dev, ino, size, mtimeMs, ctimeMs]).join();
}
