import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConsoleMessage, Page } from '@playwright/test';

/** What Chromium says of what it was loading when a container came or went; our pages ask for it again. */
export const NETWORK_CHANGED = 'net::ERR_NETWORK_CHANGED';

/** Whether a page's console tells of a fault of ours. */
export function isFault(message: ConsoleMessage): boolean {
  return message.type() === 'error' && !message.text().includes(NETWORK_CHANGED);
}

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const PROGRAM = join(ROOT, 'dist/cli/deckhand.js');

/** What `present` prints. */
export const LINK = /http:\/\/localhost:\d+\/open\/[\w-]+\//;

/** Asks as a program does that knows the link: no browser, no cookie. */
export function ask(link: string, path: string, init: RequestInit = {}): Promise<Response> {
  const [, , secret] = new URL(link).pathname.split('/');
  const headers = new Headers(init.headers);
  headers.set('Authorization', `Bearer ${secret}`);
  return fetch(new URL(path, new URL('/', link)), { ...init, headers });
}

/** What our own pages show with every change. */
export async function readToken(link: string): Promise<string> {
  return /"token":"([^"]+)"/.exec(await (await ask(link, '/')).text())?.[1] ?? '';
}

/** A Deckhand that is presenting, in a process of its own. */
export interface Presenting extends AsyncDisposable {
  /** The link that lets a browser in: `${url}speaker` and `${url}#/2` lead further. */
  url: string;
  /** Without what lets in. */
  address: string;
  process: ChildProcess;
}

/** Starts `deckhand present`, which records nothing, on a free port and waits for its address. */
export async function present(args: string[], cwd = ROOT, port = '0'): Promise<Presenting> {
  return presentAndRecord(['--no-record', ...args], cwd, port);
}

/** Starts `deckhand present` as a speaker does: in a copy of the talk, since it writes recordings. `prefix` is a command that runs it. */
export async function presentAndRecord(
  args: string[],
  cwd: string,
  port = '0',
  prefix: string[] = [],
): Promise<Presenting> {
  const command = [...prefix, process.execPath, PROGRAM, 'present', '--no-open', '--port', port, ...args];
  const child = spawn(command[0] ?? '', command.slice(1), { cwd });
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const found = LINK.exec(output);
      if (found !== null) resolve(found[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', () => reject(new Error(`deckhand ended:\n${output}`)));
  });
  return { url, address: new URL('/', url).href, process: child, [Symbol.asyncDispose]: () => end(child) };
}

/** Ends it as Ctrl+C does, and waits until it has cleaned up. */
export function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.on('exit', () => resolve());
    child.kill('SIGINT');
  });
}

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Until no slide moves any more: meanwhile, the browser gives no click to a frame of another site. */
export async function slideIsStill(page: Page): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().every((one) => !(one instanceof CSSTransition)));
}

/** Runs a command to its end. */
export function deckhand(args: string[], cwd = ROOT): Promise<Finished> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd });
  const finished: Finished = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (finished.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (finished.stderr += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...finished, code })));
}

/** A copy of the talk that a test may change. */
export async function copyTalk(): Promise<{ folder: string; deck: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-talk-'));
  for (const name of ['slides', 'img', 'demos']) {
    await cp(join(ROOT, name), join(folder, name), {
      recursive: true,
      filter: (path) => !path.includes('/img/make'),
    });
  }
  const remove = () => rm(folder, { recursive: true, force: true });
  return { folder, deck: join(folder, 'slides/talk.md'), [Symbol.asyncDispose]: remove };
}

/** Where the audience follows, as the speaker view says it. Leaves the card open. */
export async function followAddress(speaker: Page): Promise<string> {
  await speaker.getByRole('button', { name: /follow/ }).click();
  return (await speaker.locator('.devices-part b').first().textContent()) ?? '';
}
