import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import type { Labels } from '../engine/container-spec.ts';
import { isProcessAlive } from '../files/process-alive.ts';

export const DEMO_LABEL = 'deckhand.demo';
export const RUN_LABEL = 'deckhand.run';
export const INSTANCE_LABEL = 'deckhand.instance';
/** On images: the hash of the sources that they were built from. */
export const SOURCES_LABEL = 'deckhand.sources';

/** What everything that a run makes carries, so that a later start can tell whose it was. */
export function toLabels(demo: string, run: string, instance: string): Labels {
  return { [DEMO_LABEL]: demo, [RUN_LABEL]: run, [INSTANCE_LABEL]: instance };
}

/** Names this process for labels: host, pid, and when the process began, because pids are used again. */
export async function nameInstance(pid: number = process.pid): Promise<string> {
  return `${hostname()}/${pid}/${(await startTime(pid)) ?? 'unknown'}`;
}

/** Whether the process that a label names still runs. One on another machine can't be seen, and counts as alive. */
export async function isInstanceAlive(instance: string): Promise<boolean> {
  const [host = '', pid = '', began = ''] = instance.split('/');
  if (host !== hostname()) return true;
  const number = Number(pid);
  if (!Number.isInteger(number) || number <= 0) return false;
  return (await startTime(number)) === (began === 'unknown' ? undefined : began) && isProcessAlive(number);
}

/** Any text that two processes with the same pid don't share; undefined when it can't be told. */
async function startTime(pid: number): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined;
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    // proc(5): field 22, counted after the name, which stands in parentheses and may hold anything.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A process that was killed and that nobody has waited for yet still stands there: a zombie.
    return fields?.[0] === 'Z' ? undefined : fields?.[19];
  }
  const ps = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => undefined);
  return ps?.stdout.trim().replaceAll(/[\s/]+/gu, '-');
}
