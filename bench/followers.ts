import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ask, LINK, readToken } from '../tests/e2e/deckhand.ts';
import { median, ms, printTable } from './table.ts';

/**
 * Two thousand followers of one talk on loopback: how long each move takes to reach them all, what it costs the speaker's own
 * screen, and how much memory it takes. Followers are bare sockets in this process; the talk is a process of its own.
 */

const PROGRAM = fileURLToPath(new URL('../dist/cli/deckhand.js', import.meta.url));
const HOST = '127.0.0.2';
const FOLLOWERS = Number(process.env['FOLLOWERS'] ?? 2000);
const MOVES = 60;
const BETWEEN_MOVES_MS = 250;
/** Of all followers; they never read what they are sent. */
const SILENT_SHARE = 0.01;

interface Talk {
  process: ChildProcess;
  url: string;
  followPort: number;
  token: string;
}

async function startTalk(): Promise<Talk> {
  const args = ['present', '--no-open', '--no-record', '--engine', 'none', '--port', '0'];
  const child = spawn(process.execPath, [PROGRAM, ...args, '--audience', '--remote-host', HOST], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = await new Promise<string>((resolve) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('/follow')) resolve(text);
    });
  });
  const url = LINK.exec(output)?.[0] ?? '';
  const followPort = Number(/127\.0\.0\.2:(\d+)\/follow/.exec(output)?.[1]);
  const token = await readToken(url);
  return { process: child, url, followPort, token };
}

/** Listens to an address of server-sent events; `onMove` gets the slide of every state that comes. */
function follow(port: number, host: string, path: string, onMove: (h: number) => void): Promise<Socket> {
  const socket = connect({ port, host });
  let text = '';
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('connect', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`));
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        const found = /"position":\{"h":(\d+)/.exec(block);
        if (found !== null) onMove(Number(found[1]));
      }
      resolve(socket);
    });
  });
}

async function move(talk: Talk, h: number): Promise<void> {
  await ask(talk.url, '/api/stage', {
    method: 'POST',
    headers: { 'X-Deckhand-Token': talk.token },
    body: JSON.stringify({ type: 'move', position: { h, v: 0, f: -1 } }),
  });
}

/** The most memory that the process ever held, in MB. */
async function peakMemory({ process: { pid } }: Talk): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

const percentile = (values: number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

export async function benchFollowers(): Promise<void> {
  const talk = await startTalk();
  /** When the move to each slide was made. */
  const began: number[] = [];
  const reached: number[] = [];
  const speaker: number[] = [];
  const take = (times: number[]) => (h: number) => {
    const at = began[h];
    if (at !== undefined) times.push(performance.now() - at);
  };
  const port = Number(new URL(talk.url).port);
  // Before the audience comes, as in a talk.
  const sockets = [await follow(port, '127.0.0.1', '/api/stage/events', take(speaker))];
  const silent = Math.round(FOLLOWERS * SILENT_SHARE);
  const joinBegan = performance.now();
  for (let count = 0; count < FOLLOWERS; count += 50) {
    const batch = Array.from({ length: 50 }, () =>
      follow(talk.followPort, HOST, '/follow/events', take(reached)),
    );
    sockets.push(...(await Promise.all(batch)));
  }
  const joined = performance.now() - joinBegan;
  for (const socket of sockets.slice(-silent)) socket.pause();
  for (let round = 0; round < MOVES; round += 1) {
    began[round + 1] = performance.now();
    await move(talk, round + 1);
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MOVES_MS));
  }
  // Longer than any move may take.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const memory = await peakMemory(talk);
  for (const socket of sockets) socket.destroy();
  talk.process.kill('SIGINT');
  const expected = (FOLLOWERS - silent) * MOVES;
  printTable(`${FOLLOWERS} followers, ${silent} of them don't read`, [
    { what: 'all have joined', measured: ms(joined), goal: '', peers: '' },
    { what: 'moves that arrived', measured: `${reached.length} of ${expected}`, goal: 'all', peers: '' },
    { what: 'a move to a follower: middle', measured: ms(median(reached)), goal: '', peers: '' },
    {
      what: 'a move to a follower: 99 %',
      measured: ms(percentile(reached, 0.99)),
      goal: '500 ms',
      peers: '',
    },
    { what: 'a move to the speaker’s screen: middle', measured: ms(median(speaker)), goal: '', peers: '' },
    {
      what: 'a move to the speaker’s screen: longest',
      measured: ms(Math.max(...speaker)),
      goal: '100 ms',
      peers: '',
    },
    { what: 'memory at most', measured: `${memory} MB`, goal: '400 MB', peers: '' },
  ]);
}

await benchFollowers();
