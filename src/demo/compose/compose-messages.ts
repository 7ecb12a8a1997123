import { knownKeysAt } from './compose-schema.ts';

/** Something wrong at a place in the file, before the place is turned into line and column. */
export interface ComposeProblem {
  code: string;
  message: string;
  hint: string;
  path: PropertyKey[];
  /** The key itself is meant, not its value. */
  isKey?: boolean;
}

/** Keys that exist in Compose and are refused for a reason that is worth saying. */
const REFUSED = new Map(
  Object.entries({
    privileged: 'it gives a container the whole machine',
    network_mode: "containers get a network of their own, never the host's or another's",
    networks: 'the services of a demo share one network of their own, without asking',
    devices: "the host's devices stay with the host",
    device_cgroup_rules: "the host's devices stay with the host",
    gpus: "the host's devices stay with the host",
    pid: "containers keep their own processes, never the host's",
    ipc: "containers keep their own memory, never the host's",
    userns_mode: 'containers keep the limits that Deckhand sets',
    uts: "containers keep their own name, never the host's",
    cgroup: 'containers keep the limits that Deckhand sets',
    cgroup_parent: 'containers keep the limits that Deckhand sets',
    security_opt: 'containers keep the limits that Deckhand sets',
    sysctls: 'containers keep the limits that Deckhand sets',
    cap_drop: 'all capabilities are dropped but those in cap_add',
    container_name: 'Deckhand names containers, so that two runs never collide',
    restart: 'on a stage, a container that ends must be seen to end',
    version: 'Compose itself no longer reads it',
    env_file: 'write the values under environment',
    labels: 'Deckhand labels what it makes',
    links: 'services reach each other by their names',
    profiles: 'every service of a demo runs',
    extends: 'a demo is one file',
    secrets: 'nothing on a stage is secret',
    logging: 'logs are bounded by Deckhand',
    dockerfile_inline: 'the Dockerfile is the instrument that the panel shows: keep it in its file',
  }),
);

/** A key that is not in the subset. */
export function unknownKey(at: readonly PropertyKey[], key: string): ComposeProblem {
  const where = at.length === 0 ? 'the file' : toName(at);
  const known = knownKeysAt(at);
  const path = [...at, key];
  const reason = known === undefined || known.includes(key) ? undefined : REFUSED.get(key);
  if (reason !== undefined) {
    const message = `"${key}" in ${where} is refused: ${reason}.`;
    return { code: 'refused-key', message, hint: 'Take it out.', path, isKey: true };
  }
  const message = `"${key}" in ${where} is outside the Compose subset that demos are written in.`;
  return { code: 'unknown-key', message, hint: toKeyHint(key, known ?? []), path, isKey: true };
}

function toKeyHint(key: string, known: readonly string[]): string {
  const close = known.find((candidate) => isClose(key, candidate));
  if (close !== undefined) return `Did you mean "${close}"?`;
  return known.length === 0 ? 'Take it out.' : `Take it out. Known here: ${known.join(', ')}.`;
}

/** Equal but for case, - and _, one letter more, less or other, or two swapped. */
function isClose(a: string, b: string): boolean {
  const [x, y] = [a, b].map((text) => text.toLowerCase().replaceAll(/[-_]/gu, ''));
  if (x === undefined || y === undefined || Math.abs(x.length - y.length) > 1) return false;
  let start = 0;
  while (start < x.length && x[start] === y[start]) start += 1;
  const [restX, restY] = [x.slice(start), y.slice(start)];
  const isSwapped = restX[0] === restY[1] && restX[1] === restY[0];
  return (
    restX.slice(1) === restY.slice(1) ||
    restX.slice(1) === restY ||
    restX === restY.slice(1) ||
    (isSwapped && restX.slice(2) === restY.slice(2))
  );
}

/**
 * A value that is not what it should be. A text that begins with "expected" says what to write instead, and becomes the
 * hint; any other says what is wrong.
 */
export function badValue(path: readonly PropertyKey[], text: string, value?: unknown): ComposeProblem {
  const name = path.length === 0 ? 'The file' : toName(path);
  const expected = /^expected (?<what>.*)$/su.exec(text)?.groups?.['what'];
  if (expected === undefined) {
    const hint = 'Use a name that exists, or define this one.';
    return { code: 'bad-value', message: `${name}: ${text}.`, hint, path: [...path] };
  }
  const shown =
    typeof value === 'object' || value === undefined ? 'what it is' : shorten(JSON.stringify(value));
  return {
    code: 'bad-value',
    message: `${name} can't be ${shown}.`,
    hint: `Expected ${expected}.`,
    path: [...path],
  };
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

export function missingKey(path: readonly PropertyKey[]): ComposeProblem {
  const key = String(path.at(-1));
  const where = path.length === 1 ? 'the file' : toName(path.slice(0, -1));
  return {
    code: 'missing-key',
    message: `${where} has no "${key}".`,
    hint: `Add "${key}".`,
    path: [...path],
  };
}

/** `services.web.ports[0]` */
export function toName(path: readonly PropertyKey[]): string {
  return path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
