import { readFile } from 'node:fs/promises';

/** One line of proc(5) `mountinfo`: a device's folder, and where it is seen. */
interface MountedFolder {
  device: string;
  /** On the device. */
  folder: string;
  /** Where this process has it. */
  at: string;
}

/**
 * Whether a process of this machine has `source` at `target`: the same folder of the same device, whatever the paths lead to by now.
 * Undefined where that can't be told. Source: proc(5), `mountinfo`.
 */
export async function isMountedFrom(
  pid: number,
  target: string,
  source: string,
): Promise<boolean | undefined> {
  const [own, others] = await Promise.all([readTable('self'), readTable(pid)]);
  // The last one at a place covers those before it.
  const mounted = others.findLast(({ at }) => at === target);
  const under = own
    .filter(({ at }) => source === at || source.startsWith(at === '/' ? '/' : `${at}/`))
    .reduce<MountedFolder | undefined>(
      (longest, one) => (longest === undefined || one.at.length >= longest.at.length ? one : longest),
      undefined,
    );
  if (mounted === undefined || under === undefined) return undefined;
  const expected = join(under.folder, source.slice(under.at === '/' ? 0 : under.at.length));
  return mounted.device === under.device && mounted.folder === expected;
}

function join(folder: string, rest: string): string {
  if (rest === '' || rest === '/') return folder;
  return folder === '/' ? rest : folder + rest;
}

async function readTable(pid: number | 'self'): Promise<MountedFolder[]> {
  const text = await readFile(`/proc/${pid}/mountinfo`, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [, , device, folder, at] = line.split(' ');
    if (device === undefined || folder === undefined || at === undefined) return [];
    return [{ device, folder: unescape(folder), at: unescape(at) }];
  });
}

/** Spaces and such stand there as `\040`. */
function unescape(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/gu, (_all, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 8)),
  );
}
