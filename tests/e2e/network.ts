import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What changes a network, of the machine or of a namespace, needs root on Linux and iproute2: tests of it are tagged `@network`. */
const run = promisify(execFile);

type Ip = (...args: string[]) => Promise<unknown>;

/** Changes the machine's network as starting a container does: a pair of links comes, goes up, and disappears. */
export async function changeNetwork(): Promise<void> {
  await comeAndGo((...args) => run('ip', args));
}

async function comeAndGo(ip: Ip): Promise<void> {
  const [one, two] = [`dh${process.pid}a`, `dh${process.pid}b`];
  await ip('link', 'add', one, 'type', 'veth', 'peer', 'name', two);
  try {
    for (const name of [one, two]) await ip('link', 'set', name, 'up');
    await ip('address', 'add', '198.51.100.1/30', 'dev', one);
  } finally {
    await ip('link', 'delete', one);
  }
}

/** A network of a test's own: what changes in it, nobody else's browser notices. */
export interface Namespace extends AsyncDisposable {
  /** What comes before a command that shall run in it. */
  prefix: string[];
  /** Makes a program that runs `program` in it, for who can be told a file only. */
  wrap(program: string): Promise<string>;
  /** Links come and go in it while `action` runs; returns how often. */
  whileChanging(action: () => Promise<void>): Promise<number>;
}

export async function makeNamespace(): Promise<Namespace> {
  const name = `deckhand-test-${process.pid}`;
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-namespace-'));
  const ip: Ip = (...args) => run('ip', ['-n', name, ...args]);
  await run('ip', ['netns', 'add', name]);
  await ip('link', 'set', 'lo', 'up');
  const prefix = ['nsenter', `--net=/run/netns/${name}`];
  return {
    prefix,
    wrap: async (program) => {
      const file = join(folder, 'run-inside');
      await writeFile(file, `#!/bin/sh\nexec ${prefix.join(' ')} '${program}' "$@"\n`);
      await chmod(file, 0o755);
      return file;
    },
    whileChanging: async (action) => {
      const acting = { isOver: false };
      const change = async () => {
        let times = 0;
        for (; !acting.isOver; times += 1) await comeAndGo(ip);
        return times;
      };
      const [times] = await Promise.all([change(), action().finally(() => (acting.isOver = true))]);
      return times;
    },
    [Symbol.asyncDispose]: async () => {
      await run('ip', ['netns', 'delete', name]);
      await rm(folder, { recursive: true });
    },
  };
}
