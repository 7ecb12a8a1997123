import { readdir, readFile, readlink } from 'node:fs/promises';
import { release, type } from 'node:os';

/** What this machine says of a container's process, as far as it can see it. */
export interface HostFacts {
  /** Whether that process is one of this machine's. */
  isVisible: boolean;
  kernel: string;
  processes: number;
  /** This machine's own namespaces: name to the kernel's number. Empty where there is no /proc. */
  namespaces: Map<string, string>;
}

/**
 * Looks for a container's process in /proc. Its number alone proves nothing: in a VM (Docker Desktop, Colima) the same
 * number is another process there, so the container's id must stand in its cgroup, or in its mounts.
 */
export async function askHost(containerId: string, pid: number): Promise<HostFacts> {
  const read = async (file: string): Promise<string> =>
    readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  const texts = await Promise.all([read('cgroup'), read('mountinfo')]);
  const names = await readdir('/proc').catch(() => []);
  return {
    isVisible: pid > 0 && texts.some((text) => text.includes(containerId)),
    kernel: `${type()} ${release()}`,
    processes: names.filter((name) => /^\d+$/u.test(name)).length,
    namespaces: await ownNamespaces(),
  };
}

/** Our own are the host's: what a container does not share with us is its own. */
async function ownNamespaces(): Promise<Map<string, string>> {
  const folder = '/proc/self/ns';
  const names = await readdir(folder).catch(() => []);
  const entries = names.map(async (name): Promise<[string, string]> => {
    const target = await readlink(`${folder}/${name}`).catch(() => '');
    return [name, /\[(?<number>\d+)\]/u.exec(target)?.groups?.['number'] ?? ''];
  });
  return new Map(await Promise.all(entries));
}
