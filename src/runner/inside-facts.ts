import type { Engine } from '../engine/engine.ts';

/** What a container says of itself. What it can't say, for want of a shell, is missing. */
export interface InsideFacts {
  kernel?: string;
  /** Processes that it sees, without the one that was started to ask. */
  processes?: number;
  /** Name of a namespace, as in /proc/PID/ns, to the kernel's number of it. */
  namespaces: Map<string, string>;
  memoryBytes?: number;
  cpus?: number;
  pids?: number;
}

const TIME_LIMIT_MS = 5000;

/**
 * With nothing but a shell and readlink. The limits are the cgroup's, in version 2 or 1, as the kernel's documentation
 * (admin-guide/cgroup-v2, cgroup-v1) names the files. Asked from inside, since the files of a process that is not ours, and
 * those of a VM, can't be read from here.
 */
const SCRIPT = `set -- /proc/[0-9]*
echo "processes $(($# - 1))"
say() { if [ -r "$2" ]; then read -r value < "$2"; echo "$1 $value"; fi; }
say kernel /proc/sys/kernel/osrelease
say memory /sys/fs/cgroup/memory.max
say memory /sys/fs/cgroup/memory/memory.limit_in_bytes
say cpu /sys/fs/cgroup/cpu.max
say quota /sys/fs/cgroup/cpu/cpu.cfs_quota_us
say period /sys/fs/cgroup/cpu/cpu.cfs_period_us
say pids /sys/fs/cgroup/pids.max
say pids /sys/fs/cgroup/pids/pids.max
for link in /proc/1/ns/*; do readlink "$link"; done`;

/** Asks a running container about itself. An image without a shell says nothing, and that is no error. */
export async function askInside(engine: Engine, id: string, signal: AbortSignal): Promise<InsideFacts> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]);
  const text = await engine.execContainer(id, ['sh', '-c', SCRIPT], limit).catch(() => '');
  return parseInside(text);
}

/** What the script printed, as facts. */
export function parseInside(text: string): InsideFacts {
  const said = new Map<string, string>();
  const namespaces = new Map<string, string>();
  for (const line of text.split('\n')) {
    const namespace = /^(?<name>[a-z]+):\[(?<number>\d+)\]$/u.exec(line)?.groups;
    if (namespace !== undefined) namespaces.set(namespace['name'] ?? '', namespace['number'] ?? '');
    const space = line.indexOf(' ');
    if (space > 0) said.set(line.slice(0, space), line.slice(space + 1));
  }
  const kernel = said.get('kernel');
  return {
    namespaces,
    ...(kernel === undefined ? {} : { kernel: `Linux ${kernel}` }),
    ...numberOf('processes', said.get('processes')),
    ...numberOf('memoryBytes', said.get('memory')),
    ...numberOf('pids', said.get('pids')),
    ...numberOf('cpus', cpusOf(said)),
  };
}

/** `max`, and what else is no number, is left out. */
function numberOf(key: string, text: string | undefined): Record<string, number> {
  const number = Number(text);
  return text === undefined || text === '' || Number.isNaN(number) ? {} : { [key]: number };
}

function cpusOf(said: Map<string, string>): string | undefined {
  const [quota, period] = said.get('cpu')?.split(' ') ?? [said.get('quota'), said.get('period')];
  const cpus = Number(quota) / Number(period);
  return cpus > 0 ? String(cpus) : undefined;
}
