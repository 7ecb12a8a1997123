import { chmod, readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from './test-engine.ts';

/**
 * Puts an `ssh` on the PATH that stands in for ssh, and for the other machine: there, `docker system dial-stdio` is this machine's
 * engine, and -W leads to this machine's ports.
 */
export async function installFakeSsh(
  socket: string,
): Promise<{ asked(): Promise<string[]> } & AsyncDisposable> {
  const relay = `
const { connect } = require('node:net');
const to = process.argv.indexOf('-W');
const [host, port] = to === -1 ? [] : process.argv[to + 1].split(':');
const far = to === -1 ? connect(${JSON.stringify(socket)}) : connect(Number(port), host);
process.stdin.pipe(far).pipe(process.stdout);
far.on('close', () => process.exit(0)).on('error', (error) => { console.error(error.message); process.exit(255); });
`;
  const script =
    '#!/bin/sh\necho "$@" >> "$(dirname "$0")/asked"\nexec node "$(dirname "$0")/relay.cjs" "$@"\n';
  const made = await makeFolder({ ssh: script, 'relay.cjs': relay, asked: '' });
  await chmod(path.join(made.folder, 'ssh'), 0o755);
  const before = process.env['PATH'];
  process.env['PATH'] = `${made.folder}${path.delimiter}${before ?? ''}`;
  return {
    asked: async () => (await readFile(path.join(made.folder, 'asked'), 'utf8')).trim().split('\n'),
    [Symbol.asyncDispose]: async () => {
      process.env['PATH'] = before;
      await made[Symbol.asyncDispose]();
    },
  };
}
