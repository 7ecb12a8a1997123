import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { type Bind, BIND_HINT, judgeBind } from '../../compose/demo/bind-rules.ts';
import { UserError } from '../../demo/user-error.ts';
import { findInside, type FoundInside } from '../../files/open-inside.ts';
import type { RunContext } from '../run-context.ts';

/**
 * Where each bind of a demo really is, by its source. The parser has compared the paths as they are written; links in the folder can
 * make others of them, so that the real ones are held against the same rules. A folder that isn't there is made, as Compose does.
 */
export async function findBinds(context: RunContext): Promise<Map<string, string>> {
  const all = context.demo.services.flatMap(({ mounts }) =>
    mounts.flatMap((mount) => (mount.type === 'bind' ? [mount] : [])),
  );
  const binds = all.filter(({ isOutside }) => isOutside !== true);
  const root = await findInside(context.folder, '.');
  const real = new Map<string, string>();
  for (const { source, isOutside } of all)
    real.set(source, await (isOutside === true ? outside(context, source) : insideFolder(context, source)));
  const seen = binds.map(({ source, readOnly }): Bind => {
    const relative = path.relative(root?.path ?? '', real.get(source) ?? '').replaceAll(path.sep, '/');
    return { source: relative === '' ? '.' : relative, readOnly };
  });
  for (const bind of seen) {
    const { refusal, ask } = judgeBind(bind, seen);
    const why =
      refusal ?? (context.demo.isSwappable === true || ask === undefined ? undefined : `a container ${ask}`);
    if (why !== undefined) throw badMount(`${where(context)}: ${why}.`, BIND_HINT);
  }
  return real;
}

/** The parser refuses paths that lead out of the folder; a symbolic link can still do so. */
async function insideFolder(context: RunContext, source: string): Promise<string> {
  const found = (await findInside(context.folder, source)) ?? (await makeFolder(context.folder, source));
  if (found !== undefined) return found.path;
  throw badMount(
    `${where(context)}: "${source}" is mounted, but leads out of the demo's folder, or can't be made.`,
    'Make it yourself, mount only what is inside the folder, or take the mount out.',
  );
}

/** Makes a folder that isn't there below one that is inside; undefined when it leads out, or something else has its name. */
async function makeFolder(folder: string, source: string): Promise<FoundInside | undefined> {
  const parts = source.split('/');
  for (let length = parts.length - 1; length >= 0; length -= 1) {
    const parent = await findInside(folder, parts.slice(0, length).join('/'));
    if (parent === undefined) continue;
    await mkdir(path.join(parent.path, ...parts.slice(length)), { recursive: true }).catch(() => undefined);
    return findInside(folder, source);
  }
  return undefined;
}

/** What is outside was allowed by name; the engine follows links, and what it mounts is compared with this. */
async function outside(context: RunContext, source: string): Promise<string> {
  try {
    return await realpath(source);
  } catch (cause) {
    const message = `${where(context)}: ${source} is mounted, but is not there.`;
    throw new UserError('bad-mount', message, 'Make it, or take the mount out.', { cause });
  }
}

function where({ demo }: RunContext): string {
  return `The demo "${demo.name}"`;
}

export function badMount(message: string, hint: string): UserError {
  return new UserError('bad-mount', message, hint);
}
