import { posix } from 'node:path';
import type { Mount, Service } from '../../demo/service.ts';
import type { ProjectFiles } from '../model/project-files.ts';
import { asText, entries, own, toList, type Mapping } from '../model/tree.ts';
import { isWithin } from './bind-rules.ts';
import { toText } from './values.ts';

type Bind = Extract<Mount, { type: 'bind' }>;

/** Absolute paths of the files (not folders) that the model's services mount, or have as a secret or a config. */
export async function findMountedFiles(model: Mapping, files: ProjectFiles): Promise<Set<string>> {
  const mounted = entries(own(model, 'services')).flatMap(([, service]) =>
    toList(own(service, 'volumes')).map((volume) => asText(own(volume, 'source') ?? '')),
  );
  const named = ['secrets', 'configs'].flatMap((kind) =>
    entries(own(model, kind)).map(([, one]) => toText(own(one, 'file')) ?? ''),
  );
  const found = new Set<string>();
  for (const path of new Set([...mounted, ...named]))
    if (posix.isAbsolute(path) && (await files.isFile(path))) found.add(path);
  return found;
}

/**
 * A file that is mounted read-only, and lies in a folder that a container may write, is copied into its container instead: the one that
 * writes could put a link to anything in its place. `.:/code` beside a mounted configuration is how many projects are written.
 */
export function copyExposedFiles(
  services: readonly Service[],
  folder: string,
  mountedFiles: ReadonlySet<string>,
  notes: Set<string>,
): Service[] {
  const binds = services.flatMap(({ mounts }) => mounts.filter(isInside));
  const writable = binds.filter(({ readOnly }) => !readOnly);
  const isExposed = ({ source, readOnly }: Bind) =>
    readOnly &&
    mountedFiles.has(posix.join(folder, source)) &&
    writable.some((outer) => isWithin(outer.source, source) && !isWithin(source, outer.source));
  return services.map((service) => {
    // Below another mount, a copy would be written into what is mounted there.
    const copied = service.mounts
      .filter(isInside)
      .filter((mount) => isExposed(mount) && !service.mounts.some((other) => covers(other, mount)));
    if (copied.length === 0) return service;
    for (const { source } of copied)
      notes.add(
        `"${source}" is copied into "${service.name}" as it starts, not mounted: another container may write its folder.`,
      );
    const mounts = service.mounts.filter((mount) => !copied.some((one) => one === mount));
    return { ...service, mounts, copies: copied.map(({ source, target }) => ({ source, target })) };
  });
}

function covers(outer: Mount, { target }: Mount): boolean {
  return outer.target !== target && isWithin(outer.target.replace(/\/$/u, ''), target);
}

function isInside(mount: Mount): mount is Bind {
  return mount.type === 'bind' && mount.isOutside !== true;
}
