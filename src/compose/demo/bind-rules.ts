/** A path of the demo's folder that a container gets: `.` or `data/in`, with `/`. */
export interface Bind {
  source: string;
  readOnly: boolean;
}

/** Recordings are shown to the audience: no container writes them. */
const RECORDINGS = ['recording', 'recording.local'];

/**
 * Why a demo's containers may not have one of its binds, as a sentence that names it; undefined when they may. The engine mounts by
 * path, and a container that may write the folder above can put a link to anywhere in the path's place, at any moment.
 */
export function refuseBind(bind: Bind, all: readonly Bind[]): string | undefined {
  if (bind.readOnly) return undefined;
  const { source } = bind;
  if (source === '.')
    return "the demo's own folder can't be written by a container, which could change what is mounted and built";
  if (RECORDINGS.some((folder) => isWithin(folder, source) || isWithin(source, folder)))
    return `"${source}" is where recordings are kept, and can't be written by a container`;
  const inner = all.find((other) => isWithin(source, other.source) && !isWithin(other.source, source));
  if (inner === undefined) return undefined;
  return `"${source}" can be written, and so "${inner.source}" in it can't be mounted as well: a container could put a link in its place`;
}

export const BIND_HINT = 'Mount folders beside each other, or add :ro to the outer one.';

/** Whether `path` is `folder`, or under it. Some disks don't tell case apart. */
function isWithin(folder: string, path: string): boolean {
  const [outer, inner] = [folder.toLowerCase(), path.toLowerCase()];
  return outer === '.' || inner === outer || inner.startsWith(`${outer}/`);
}
