import { readdirSync, readFileSync } from 'node:fs';

const EVERY_MS = 200;

/**
 * Follows a process's browser: the most memory that its processes held together, in MB. What they share is counted once
 * (proportional set size, from Linux's /proc; NaN elsewhere).
 */
export function watchMemory(pid: number): { end(): number } {
  let most = 0;
  const look = () => {
    most = Math.max(most, browserMemory(pid));
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    end: () => {
      clearInterval(timer);
      return most / 1000;
    },
  };
}

/** kB of all browser processes below `root`. */
function browserMemory(root: number): number {
  const children = new Map<number, number[]>();
  const pids = readdirSafely('/proc').map(Number).filter(Number.isInteger);
  for (const pid of pids) {
    const parent = Number(/^PPid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  let sum = 0;
  const waiting = [root];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    waiting.push(...(children.get(pid) ?? []));
    if (!/chrom/i.test(read(pid, 'comm'))) continue;
    sum += Number(/^Pss:\s+(\d+)/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0);
  }
  return sum;
}

function readdirSafely(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A process may end while one looks at it. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
