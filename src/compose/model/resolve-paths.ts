import { posix } from 'node:path';
import { firstFit, isMapping, own, rewrite, type Mapping, type Tree, type TreePath } from './tree.ts';

/** Where relative paths begin, and whose `~` is. */
export interface Folders {
  folder: string;
  home?: string | undefined;
}

/** Every path that a file names, absolute. Source: compose-go, paths/resolve.go. */
export function resolvePaths(model: Mapping, folder: Folders): Mapping {
  const toAbsolute = (value: Tree): Tree =>
    typeof value === 'string' && value !== '' ? resolve(folder, value) : value;
  const toContext = (value: Tree): Tree =>
    typeof value === 'string' && !isRemote(value) ? resolve(folder, value) : value;
  const toMount = (value: Tree): Tree => {
    const source = own(value, 'source');
    const isBind = own(value, 'type') === 'bind' && typeof source === 'string';
    return isBind && isMapping(value) ? { ...value, source: resolve(folder, source) } : value;
  };
  const toVolume = (value: Tree): Tree => {
    const options = own(value, 'driver_opts');
    const device = own(options, 'device');
    const isBind =
      own(value, 'driver') === 'local' && own(options, 'o') === 'bind' && typeof device === 'string';
    if (!isBind || !isMapping(value) || !isMapping(options)) return value;
    return { ...value, driver_opts: { ...options, device: resolve(folder, device) } };
  };
  const changes = new Map<string, (value: Tree) => Tree>([
    ['services.*.build.context', toContext],
    ['services.*.build.additional_contexts.*', toContext],
    ['services.*.build.ssh.*', toAbsolute],
    ['services.*.env_file.*.path', toAbsolute],
    ['services.*.label_file.*', toAbsolute],
    ['services.*.extends.file', toAbsolute],
    ['services.*.develop.watch.*.path', toAbsolute],
    ['services.*.volumes.*', toMount],
    ['configs.*.file', toAbsolute],
    ['secrets.*.file', toAbsolute],
    ['volumes.*', toVolume],
  ]);
  const change = (value: Tree, path: TreePath) => firstFit(path, changes)?.(value);
  return rewrite(model, change) as Mapping;
}

function resolve({ folder, home }: Folders, path: string): string {
  if (home !== undefined && (path === '~' || path.startsWith('~/'))) return posix.join(home, path.slice(1));
  return posix.resolve(folder, path);
}

/** A context that isn't a folder: a repository, an archive, an image, another service. */
export function isRemote(context: string): boolean {
  return /^(?:https?:\/\/|git:\/\/|ssh:\/\/|git@|github\.com\/|[a-z-]+:(?!\\))/u.test(context);
}
