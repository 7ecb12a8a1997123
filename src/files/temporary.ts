import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isProcessAlive } from './process-alive.ts';

/** What must not outlive this process. Signals end all of a process, so that this is the module's and nobody's own. */
const held = new Set<string>();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Names what we write beside `target` until it is whole: `talk.pdf.123.partial`, with our process's number, so that the next one
 * can tell what a killed one left, and removes it.
 */
export function temporaryName(target: string, kind: TemporaryKind): string {
  return `${target}.${process.pid}.${kind}`;
}

export type TemporaryKind = 'partial' | 'making' | 'half-unpacked' | 'new' | 'old';

/** Has the file or folder removed should a signal end this process. Returns what ends that; fine to call again. */
export function holdTemporary(path: string): () => void {
  if (held.size === 0) listen();
  held.add(path);
  return () => held.delete(path);
}

/** Removes what killed processes left beside `target`. */
export function sweepTemporary(target: string): void {
  const folder = dirname(target);
  for (const name of namesIn(folder)) {
    if (!name.startsWith(`${basename(target)}.`)) continue;
    const [, pid, kind] = /^\.(\d+)\.(partial|making|half-unpacked|new|old)(?:-\w+)?$/.exec(
      name.slice(basename(target).length),
    ) ?? [undefined, undefined, undefined];
    if (pid === undefined || isProcessAlive(Number(pid))) continue;
    // The folder of an earlier build: all there is of it, if the new one never got there.
    if (kind === 'old' && !existsSync(target)) continue;
    remove(join(folder, name));
  }
}

/** What can't be listed holds nothing of ours; whoever writes there says what is wrong with it. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

let isListening = false;

function listen(): void {
  if (isListening) return;
  isListening = true;
  process.on('exit', removeAll);
  for (const signal of SIGNALS) {
    const end = () => {
      // Somebody else decides what the signal means; if it is the end, we are called then.
      if (process.listenerCount(signal) > 1) return;
      removeAll();
      process.off(signal, end);
      process.kill(process.pid, signal);
    };
    process.on(signal, end);
  }
}

function removeAll(): void {
  for (const path of held) remove(path);
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // What can't be removed must not hide why we end.
  }
}
