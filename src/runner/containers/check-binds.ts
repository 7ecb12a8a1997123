import path from 'node:path';
import { type Bind, BIND_HINT, judgeBind } from '../../compose/demo/bind-rules.ts';
import { UserError } from '../../demo/user-error.ts';
import { findInside } from '../../files/open-inside.ts';
import type { RunContext } from '../run-context.ts';

/**
 * Where each bind of a demo really is, by its source. The parser has compared the paths as they are written; links in the folder can
 * make others of them, so that the real ones are held against the same rules.
 */
export async function findBinds(context: RunContext): Promise<Map<string, string>> {
  const binds = context.demo.services.flatMap(({ mounts }) =>
    mounts.flatMap((mount) => (mount.type === 'bind' && mount.isOutside !== true ? [mount] : [])),
  );
  const root = await findInside(context.folder, '.');
  const real = new Map<string, string>();
  for (const { source } of binds) real.set(source, await insideFolder(context, source));
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
  const found = await findInside(context.folder, source);
  if (found !== undefined) return found.path;
  throw badMount(
    `${where(context)}: "${source}" is mounted, but is not there, or leads out of the demo's folder.`,
    'Make it, mount only what is inside the folder, or take the mount out.',
  );
}

function where({ demo }: RunContext): string {
  return `The demo "${demo.name}"`;
}

export function badMount(message: string, hint: string): UserError {
  return new UserError('bad-mount', message, hint);
}
