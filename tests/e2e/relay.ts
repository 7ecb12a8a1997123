import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRelayKey } from '../../src/talk/kept/relay-key.ts';
import { end, PROGRAM } from './deckhand.ts';

/** A NATS server of this test's own, on a free port. */
export async function startNats(): Promise<{ url: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-nats-'));
  const child = spawn('nats-server', ['-a', '127.0.0.1', '-p', '-1', '--ports_file_dir', folder], {
    stdio: 'ignore',
  });
  let url: string | undefined;
  while (url === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const text = await readFile(join(folder, `nats-server_${child.pid}.ports`), 'utf8').catch(() => '{}');
    url = (JSON.parse(text === '' ? '{}' : text) as { nats?: string[] }).nats?.[0];
  }
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      await end(child);
      await rm(folder, { recursive: true });
    },
  };
}

export interface Follower extends AsyncDisposable {
  process: ChildProcess;
  port: number;
}

/** `deckhand follow`, when it has the talk; without an address it takes DECKHAND_RELAY. */
export async function follow(relay?: string): Promise<Follower> {
  const child = spawn(process.execPath, [
    PROGRAM,
    'follow',
    ...(relay === undefined ? [] : ['--relay', relay]),
    '--port',
    '0',
  ]);
  const port = await new Promise<number>((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const found = /127\.0\.0\.1:(\d+)\/follow/.exec(output);
      if (found !== null && output.includes('following')) resolve(Number(found[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', () => reject(new Error(`deckhand follow ended:\n${output}`)));
  });
  return { process: child, port, [Symbol.asyncDispose]: () => end(child) };
}

/** The relay's address as `deckhand present --relay` prints it. */
export async function withKey(relay: string): Promise<string> {
  const { publicKey } = await readRelayKey();
  return `${relay}#${publicKey}`;
}
