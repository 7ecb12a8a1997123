/** A path of the demo's folder that a container gets: `.` or `data/in`, with `/`. */
export interface Bind {
  source: string;
  readOnly: boolean;
}

/** Recordings are shown to the audience: no container is given their folders. */
const RECORDINGS = ['recording', 'recording.local'];

/** What is to be said of a bind; nothing when a demo's containers may have it. */
export interface BindVerdict {
  /** Why they may not have it at all, as a sentence that names it. */
  refusal?: string;
  /** What it would let a container do, which needs leave. */
  ask?: string;
}

/**
 * Whether a demo's containers may have one of its binds. The engine mounts by path, and a container that may write the folder above can
 * put a link to anywhere in the path's place, at any moment.
 */
export function judgeBind(bind: Bind, all: readonly Bind[]): BindVerdict {
  const { source, readOnly } = bind;
  if (readOnly) return {};
  // The project's own folder has everything in it: whoever gives that away has thought of it.
  if (source !== '.' && RECORDINGS.some((folder) => isWithin(folder, source) || isWithin(source, folder)))
    return { refusal: `"${source}" is where recordings are kept, and can't be written by a container` };
  const inner = all.find((other) => isWithin(source, other.source) && !isWithin(other.source, source));
  if (inner === undefined) return {};
  const outer = source === '.' ? "the project's own folder" : `"${source}"`;
  return {
    ask: `can write ${outer}, and so put a link to anything on this machine in the place of "${inner.source}", which is mounted too`,
  };
}

export const BIND_HINT = 'Mount folders beside each other, or add :ro to the outer one.';

/** Whether `path` is `folder`, or under it. Some disks don't tell case apart. */
export function isWithin(folder: string, path: string): boolean {
  const [outer, inner] = [folder.toLowerCase(), path.toLowerCase()];
  return outer === '.' || inner === outer || inner.startsWith(`${outer}/`);
}
