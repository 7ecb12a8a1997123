import * as z from 'zod/mini';
import { absolutePath, flag } from './compose-values.ts';
import type { Mount } from '../demo.ts';
import { toInnerPath } from './inner-path.ts';

const INSIDE = "expected a path inside the demo's folder, such as ./data, or the name of a volume";

/** `./data:/data:ro`, `models:/models`, or the long form of either. */
export const mount = z.union(
  [
    z.pipe(
      z.string(),
      z.transform((value, context): Mount => {
        const read = readShort(value);
        if (typeof read !== 'string') return read;
        context.issues.push({ code: 'custom', message: read, input: value });
        return z.NEVER;
      }),
    ),
    z.pipe(
      z.strictObject({
        type: z.enum(['bind', 'volume'], { error: 'expected bind or volume' }),
        source: z.string({ error: 'expected the path or the name of what is mounted' }),
        target: absolutePath,
        read_only: z.optional(flag),
      }),
      z.transform((value, context): Mount => {
        const source = readSource(value.source, value.type);
        if (!('problem' in source))
          return { ...source, target: value.target, readOnly: value.read_only ?? false };
        context.issues.push({ code: 'custom', message: source.problem, input: value, path: ['source'] });
        return z.NEVER;
      }),
    ),
  ],
  { error: 'expected a mount such as ./data:/data or models:/models' },
);

function readShort(value: string): Mount | string {
  const [source = '', target, mode = 'rw', ...more] = value.split(':');
  if (target === undefined) return `expected a name or a path before the target, such as models:${source}`;
  if (more.length > 0 || !['rw', 'ro'].includes(mode))
    return 'expected at most one option after the target, ro or rw';
  if (!target.startsWith('/')) return `expected an absolute path in the container, not "${target}"`;
  const read = readSource(source, /^[.~/\\]/u.test(source) ? 'bind' : 'volume');
  return 'problem' in read ? read.problem : { ...read, target, readOnly: mode === 'ro' };
}

function readSource(
  source: string,
  type: Mount['type'],
): { type: Mount['type']; source: string } | { problem: string } {
  if (/(?:docker|podman|containerd)[^/]*\.sock/u.test(source)) {
    return { problem: "expected anything but the engine's socket: whoever has it has the whole machine" };
  }
  if (type === 'bind') {
    const inner = toInnerPath(source);
    return inner === undefined ? { problem: INSIDE } : { type, source: inner };
  }
  if (/^[a-zA-Z0-9][\w.-]*$/u.test(source)) return { type, source };
  return { problem: INSIDE };
}
