import { posix } from 'node:path';
import { readEnvFiles } from './env-files.ts';
import type { Level } from './level.ts';
import { merge } from './merge.ts';
import { ComposeError } from './problem.ts';
import { readYaml } from './read-yaml.ts';
import { toList, asText, entries, isMapping, isSame, own, toMapping, type Mapping } from './tree.ts';

/** Loads files that are put over each other, with what they include. */
export type LoadFiles = (level: Level) => Promise<Mapping>;

const RESOURCES = ['services', 'jobs', 'volumes', 'networks', 'secrets', 'configs', 'models'];

/** A file's data with what it includes below it. Throws a `ComposeError`. */
export async function applyIncludes(
  level: Level,
  path: string,
  data: Mapping,
  loadFiles: LoadFiles,
): Promise<Mapping> {
  const { include, ...rest } = data;
  if (!Array.isArray(include)) return data;
  let model: Mapping = rest;
  for (const one of include) {
    const imported = await loadInclude(level, loadFiles, path, isMapping(one) ? one : { path: one });
    for (const kind of RESOURCES) {
      const from = own(imported, kind);
      if (!isMapping(from)) continue;
      const to = new Map(entries(own(model, kind)));
      for (const [name, resource] of entries(from)) {
        const there = to.get(name);
        const isNew = there === undefined || isSame(there, resource);
        to.set(name, isNew ? resource : merge(resource, there, [kind, name]));
      }
      model = { ...model, [kind]: toMapping(to) };
    }
  }
  return model;
}

async function loadInclude(
  level: Level,
  loadFiles: LoadFiles,
  from: string,
  include: Mapping,
): Promise<Mapping> {
  const { loading, lookup } = level;
  const paths = toList(own(include, 'path')).map((path) => posix.resolve(level.folder, asText(path)));
  const [main = level.folder] = paths;
  const chain = [...level.included, from];
  if (chain.includes(main)) {
    const names = [...chain.slice(chain.indexOf(main)), main].map((path) => loading.files.show(path));
    const message = `Files include each other in a circle: ${names.join(' → ')}.`;
    throw new ComposeError([
      {
        code: 'cycle',
        message,
        hint: 'Take one of them out.',
        path: ['include'],
        file: loading.files.show(from),
      },
    ]);
  }
  const written = own(include, 'project_directory');
  const folder = typeof written === 'string' ? posix.resolve(level.folder, written) : posix.dirname(main);
  const envFiles = toList(own(include, 'env_file'))
    .map(asText)
    .filter((file) => file !== '/dev/null');
  const isOwn = envFiles.length > 0;
  const envPaths = isOwn
    ? envFiles.map((file) => posix.resolve(level.folder, file))
    : [posix.join(folder, '.env')];
  const dotenv = await readEnvFiles(loading.files, envPaths, lookup, isOwn);
  const files = await Promise.all(paths.map((path) => readYaml(loading, path, [from])));
  return loadFiles({
    loading,
    files,
    paths,
    folder,
    lookup: (name) => lookup(name) ?? dotenv.get(name),
    included: chain,
  });
}
