/** From a project's files to one model, as Compose's reference implementation makes it. Source: compose-go, loader/loader.go. */
import { posix } from 'node:path';
import { LIMITS } from '../../demo/demo.ts';
import { checkSchema } from '../spec/check-schema.ts';
import { toCanonical, withDefaults } from './canonical.ts';
import { readEnvFiles } from './env-files.ts';
import { applyExtends } from './extends.ts';
import { interpolate } from './interpolate.ts';
import { merge, withoutRedefinitions } from './merge.ts';
import { normalize } from './normalize.ts';
import { ComposeError, type ModelProblem } from './problem.ts';
import type { ProjectFiles } from './project-files.ts';
import { applyIncludes } from './includes.ts';
import type { Level, Loading } from './level.ts';
import { promoteAliases } from './promote-aliases.ts';
import { readYaml } from './read-yaml.ts';
import { resolvePaths } from './resolve-paths.ts';
import { fillIn, type Lookup } from './template.ts';
import { isMapping, own, type Mapping, type TreePath } from './tree.ts';
import { without, type YamlFile } from './yaml-file.ts';

export interface LoadOptions {
  files: ProjectFiles;
  /** The project's folder, absolute. */
  folder: string;
  /** Compose files, absolute, each over those before it. */
  composeFiles: readonly string[];
  /** The environment of whoever runs it, as far as the project may see it. */
  environment: Lookup;
  /** Where `~` is; absent, it is a name like any other. */
  home?: string | undefined;
}

export interface LoadedModel {
  model: Mapping;
  /** By Compose's rule: the file's, or the folder's. */
  name: string;
  /** Every Compose file that was read, includes and bases too. */
  sources: YamlFile[];
  /** Variables without a value: the texts got nothing in their place. */
  unset: Set<string>;
  lookup: Lookup;
  /** What is wrong with the files by the specification's schema: left out of the model. */
  problems: readonly ModelProblem[];
}

/** The normalised model of a project. Throws a `ComposeError` with all that is known to be wrong. */
export async function loadModel(options: LoadOptions): Promise<LoadedModel> {
  const loading: Loading = {
    files: options.files,
    home: options.home,
    sources: [],
    unset: new Set(),
    problems: [],
  };
  try {
    return await load(options, loading);
  } catch (error) {
    if (error instanceof ComposeError)
      throw new LoadError([...loading.problems, ...error.problems], loading.sources);
    throw error;
  }
}

/** A `ComposeError` with the files in which its places are. */
export class LoadError extends ComposeError {
  readonly sources: readonly YamlFile[];

  constructor(problems: readonly ModelProblem[], sources: readonly YamlFile[]) {
    super(problems);
    this.sources = sources;
  }
}

async function load(options: LoadOptions, loading: Loading): Promise<LoadedModel> {
  const { folder, composeFiles, environment } = options;
  const dotenv = await readEnvFiles(loading.files, [posix.join(folder, '.env')], environment, false);
  const variables: Lookup = (key) => environment(key) ?? dotenv.get(key);
  const files = await Promise.all(composeFiles.map((file) => readYaml(loading, file, composeFiles)));
  const name = variables('COMPOSE_PROJECT_NAME') ?? toProjectName(files, folder, variables);
  const lookup: Lookup = (key) => (key === 'COMPOSE_PROJECT_NAME' ? name : variables(key));
  const dict = await loadFiles({ loading, files, paths: composeFiles, folder, lookup, included: [] });
  if (Object.keys(dict).length === 0)
    throw new ComposeError(loading.problems.length > 0 ? [] : [empty(loading.sources[0]?.name)]);
  return {
    model: normalize(dict, name, lookup),
    name,
    sources: loading.sources,
    unset: loading.unset,
    problems: loading.problems,
    lookup,
  };
}

function empty(file: string | undefined): ModelProblem {
  const hint = 'Begin it with services:, and a map of services below.';
  return {
    code: 'empty',
    message: 'The file is empty.',
    hint,
    path: [],
    ...(file === undefined ? {} : { file }),
  };
}

/** The last file's `name`, or the folder's name; lower case, without what Compose doesn't allow in it. */
function toProjectName(files: readonly YamlFile[], folder: string, lookup: Lookup): string {
  const written = files.flatMap(({ documents }) => documents.map(({ data }) => own(data, 'name')));
  const name = written.findLast((one) => typeof one === 'string' && one !== '');
  const cleaned = toCleanName(typeof name === 'string' ? fillIn(name, lookup) : '');
  return cleaned === '' ? toCleanName(posix.basename(folder)) : cleaned;
}

function toCleanName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/gu, '')
    .replace(/^[_-]+/u, '');
}

async function loadFiles(level: Level): Promise<Mapping> {
  let dict: Mapping = {};
  for (const [i, file] of level.files.entries()) {
    const path = level.paths[i] ?? level.folder;
    for (const { data, resets } of file.documents)
      dict = await addDocument(level, { file, path, data, resets }, dict);
  }
  return resolvePaths(withDefaults(dict), { folder: level.folder, home: level.loading.home });
}

interface DocumentIn {
  file: YamlFile;
  path: string;
  data: Mapping;
  resets: readonly TreePath[];
}

async function addDocument(
  level: Level,
  { file, path, data, resets }: DocumentIn,
  before: Mapping,
): Promise<Mapping> {
  refuseTooMany(data, file.name);
  const included = await applyIncludes(level, path, fill(level, file, data), loadFiles);
  const read = (base: string, from: string) => readBase(level, base, from);
  const extended = await applyExtends(included, path, read);
  const merged = withoutRedefinitions(merge(without(before, resets), extended) as Mapping);
  const wrong = await checkSchema(merged);
  level.loading.problems.push(...wrong);
  // What is wrong is left out, so that the rest of the file is looked at as well.
  const { version: _obsolete, ...rest } = without(merged, wrong.flatMap(toLeftOut));
  return withoutRedefinitions(toCanonical(rest));
}

/** The data with its variables filled in, and old names as they are now. Throws a `ComposeError` with all values that can't be. */
function fill({ loading, lookup }: Level, { name: file }: YamlFile, data: Mapping): Mapping {
  const filled = interpolate(data, lookup, (name) => loading.unset.add(name));
  if (filled.problems.length > 0)
    throw new ComposeError(filled.problems.map((problem) => ({ ...problem, file })));
  return promoteAliases(filled.data);
}

/** Many more than a demo can have: a file that somebody else wrote must not hold up a talk. */
const MAX_SERVICES = 500;

function refuseTooMany(data: Mapping, file: string): void {
  const services = own(data, 'services');
  const count = isMapping(services) ? Object.keys(services).length : 0;
  if (count <= MAX_SERVICES) return;
  const message = `services has ${count} services, and a demo can have ${LIMITS.maxServices}.`;
  const hint = 'Leave out those that the slide does not need.';
  throw new ComposeError([{ code: 'too-many', message, hint, path: ['services'], file }]);
}

/** Where something is missing, nothing is there to be left out; nor is a whole file. */
function toLeftOut({ code, path }: ModelProblem): TreePath[] {
  return code === 'missing-key' || path.length === 0 ? [] : [path];
}

/** The services of a file that somebody extends, with long forms and absolute paths. */
async function readBase(
  level: Level,
  base: string,
  from: string,
): Promise<{ services: Mapping; path: string }> {
  const path = posix.resolve(posix.dirname(from), base);
  const file = await readYaml(level.loading, path, [from]);
  let dict: Mapping = {};
  for (const { data, resets } of file.documents) {
    dict = withoutRedefinitions(
      toCanonical(merge(without(dict, resets), fill(level, file, data)) as Mapping),
    );
  }
  const { services } = resolvePaths(dict, { folder: posix.dirname(path), home: level.loading.home });
  return { services: isMapping(services) ? services : {}, path };
}
