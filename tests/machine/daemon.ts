import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A program that this process started, and ends. */
export interface Daemon extends AsyncDisposable {
  pid: number;
}

/**
 * Starts a program that stays, its output going to a file, and returns when it answers.
 * It is ended by its own pid; SIGKILL follows when SIGTERM did nothing for 15 s.
 */
export async function startDaemon(
  command: string,
  args: string[],
  options: { logFile: string; answers: () => Promise<boolean>; seconds: number },
): Promise<Daemon> {
  const output = openSync(options.logFile, 'a');
  // A group of its own, so that Ctrl-C on the tests lets them clean up in containers before the engine goes.
  const child = spawn(command, args, { stdio: ['ignore', output, output], detached: true });
  closeSync(output);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  const until = Date.now() + options.seconds * 1000;
  while (!(await options.answers())) {
    if (child.exitCode !== null || child.pid === undefined || Date.now() > until) {
      child.kill('SIGKILL');
      const text = await readFile(options.logFile, 'utf8');
      throw new Error(`${command} did not start:\n${text.trimEnd().split('\n').slice(-10).join('\n')}`);
    }
    await delay(100);
  }
  return { pid: child.pid ?? 0, [Symbol.asyncDispose]: async () => end(child, ended) };
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(patience);
}

/** Listens on a loopback port for a moment; undefined when it is taken. 0 asks for any. */
async function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const got = typeof address === 'object' ? address?.port : undefined;
      server.close(() => resolve(got));
    });
  });
}

/** `wanted` when nothing listens there on loopback, else any free port. */
export async function freePort(wanted: number): Promise<number> {
  const port = (await tryPort(wanted)) ?? (await tryPort(0));
  if (port === undefined) throw new Error('no free port on 127.0.0.1');
  return port;
}
