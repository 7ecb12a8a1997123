import * as z from 'zod/mini';
import { LIMITS } from '../demo.ts';
import { toInnerPath } from './inner-path.ts';
import { parseBytes, parseDuration, toSize } from './quantities.ts';
import { splitShellWords } from './shell-words.ts';

/** The kinds of value in a Compose file, each read into what the runner needs. Messages say what to write instead. */

/** A value that `read` understands; what it doesn't is an error with `expected` in its message. */
function readable<In, Out>(
  schema: z.ZodMiniType<In>,
  expected: string,
  read: (value: In) => Out | undefined,
) {
  return z.pipe(
    schema,
    z.transform((value: In, context): Out => {
      const out = read(value);
      if (out !== undefined) return out;
      context.issues.push({ code: 'custom', message: `expected ${expected}`, input: value });
      return z.NEVER;
    }),
  );
}

const scalar = z.union([z.string(), z.number()], { error: 'expected a text or a number' });
const text = z.string({ error: 'expected a text' });

const A_DURATION = 'a duration such as 500ms, 10s or 1m30s';

/** A day at most: timers and engines count no further than some weeks. */
export const duration = durationUpTo(24 * 3_600_000, `${A_DURATION}, up to 24h`);

export const gracePeriod = durationUpTo(
  LIMITS.maxStopGraceMs,
  'a duration such as 5s, up to 30s: Reset and Ctrl+C wait for it',
);

function durationUpTo(maxMs: number, expected: string) {
  return readable(z.string({ error: `expected ${expected}` }), expected, (value) => {
    const ms = parseDuration(value);
    return ms !== undefined && ms <= maxMs ? ms : undefined;
  });
}

/** Bytes between 6 MB, below which no container starts, and `max`. */
export function memory(max: number) {
  return readable(scalar, `a size such as 512m, from 6m to ${toSize(max)}`, (value) => {
    const bytes = parseBytes(String(value));
    return bytes !== undefined && bytes >= 6 * 1024 ** 2 && bytes <= max ? bytes : undefined;
  });
}

export function numberUpTo(max: number, isWhole: boolean) {
  const kind = isWhole ? 'a whole number' : 'a number';
  return readable(scalar, `${kind} above 0, up to ${max}`, (value) => {
    const number = Number(value);
    return number > 0 && number <= max && (!isWhole || Number.isInteger(number)) ? number : undefined;
  });
}

export const flag = z.boolean({ error: 'expected true or false' });

export const port = readable(scalar, 'a port from 1 to 65535', (value) => toPort(String(value)));

function toPort(value: string): number | undefined {
  const number = /^\d+$/u.test(value) ? Number(value) : 0;
  return number >= 1 && number <= 65_535 ? number : undefined;
}

/** A container port alone: which host port it gets is the engine's choice, on 127.0.0.1. */
export const publishedPort = readable(
  z.union([z.string(), z.number()], { error: 'expected a container port such as "8000"' }),
  'only a container port such as "8000": the host port is free, random and on 127.0.0.1',
  (value) => toPort(String(value).replace(/\/tcp$/u, '')),
);

export const words = z.union(
  [
    z.array(z.string({ error: 'expected a text: put it in quotes' })),
    readable(z.string(), 'a command whose quotes are closed', splitShellWords),
  ],
  { error: 'expected a command: a text, or a list of texts' },
);

const NO_HOST_VALUE =
  'expected a text or a number, written here: none is taken from the environment of whoever runs this';

/** `{KEY: value}` or `["KEY=value"]`. */
export const keyValues = z.union(
  [
    z.pipe(
      z.record(z.string(), z.union([z.string(), z.number()], { error: NO_HOST_VALUE })),
      z.transform((map) =>
        Object.fromEntries(Object.entries(map).map(([key, value]) => [key, String(value)])),
      ),
    ),
    z.pipe(
      z.array(z.string().check(z.regex(/^[^=]+=/u, { error: NO_HOST_VALUE }))),
      z.transform((list) => Object.fromEntries(list.map(splitAtEquals))),
    ),
  ],
  { error: 'expected a map, or a list of KEY=value' },
);

function splitAtEquals(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}

export const innerPath = readable(text, "a path inside the demo's folder, relative to it", toInnerPath);

export const absolutePath = z
  .string({ error: 'expected a text' })
  .check(z.regex(/^\/[^:]*$/u, { error: 'expected an absolute path in the container' }));

/** Paths in the container, one or several, each maybe with options: `/run:size=64m`. */
export const tmpfs = readable(
  z.union([z.string(), z.array(z.string())], { error: 'expected a path, or a list of paths' }),
  'absolute paths in the container',
  (value) => {
    const entries = [value].flat().map((entry): [string, string] => {
      const at = entry.indexOf(':');
      return at === -1 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
    });
    return entries.every(([path]) => path.startsWith('/')) ? Object.fromEntries(entries) : undefined;
  },
);

/** What Docker gives a container that asks for nothing. Source: moby, oci/caps/defaults.go. */
const DEFAULT_CAPABILITIES = new Set(
  (
    'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID ' +
    'SYS_CHROOT'
  ).split(' '),
);

export const capability = readable(
  text,
  `one of the capabilities that Docker gives by default: ${[...DEFAULT_CAPABILITIES].join(', ')}`,
  (value) => {
    const name = value.toUpperCase().replace(/^CAP_/u, '');
    return DEFAULT_CAPABILITIES.has(name) ? name : undefined;
  },
);

export const scalarText = z.pipe(
  scalar,
  z.transform((value) => String(value)),
);
