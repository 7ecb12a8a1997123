/** From a folder with Compose files to a demo, or to all that is wrong with it. */
import { posix } from 'node:path';
import type { DemoDiagnostic } from '../demo/demo-diagnostic.ts';
import type { Demo } from '../demo/demo.ts';
import type { Ask } from './demo/asks.ts';
import { readEdits } from './demo/edits.ts';
import { findMountedFiles } from './demo/copied-files.ts';
import { toDemo } from './demo/to-demo.ts';
import { readXDemo } from './demo/x-demo.ts';
import { readDotenv, readEnvFiles as readVariables } from './model/env-files.ts';
import { loadModel, LoadError, type LoadedModel } from './model/load-model.ts';
import type { ProjectFiles } from './model/project-files.ts';
import { ComposeError, type ModelProblem } from './model/problem.ts';
import type { Lookup } from './model/template.ts';
import {
  toList,
  asText,
  entries,
  isMapping,
  own,
  type Mapping,
  type Tree,
  type TreePath,
} from './model/tree.ts';
import { findPlace, parseYamlFile, type YamlFile } from './model/yaml-file.ts';

/** Compose's own names, in its order; an override goes with the first of its pair. */
export const COMPOSE_FILES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
export const OVERRIDE_FILES = COMPOSE_FILES.map((name) => name.replace(/\.(?=ya?ml$)/u, '.override.'));
export const X_DEMO_FILE = 'x-demo.yaml';

export interface ProjectOptions {
  files: ProjectFiles;
  /** The project's folder, absolute. */
  folder: string;
  /** What the deck calls it. */
  name: string;
  /** Compose files, absolute, instead of those that the folder has. */
  composeFiles?: readonly string[];
  /** Over what its own files say under `x-demo`. */
  settings?: Readonly<Record<string, unknown>>;
  /** Where `~` is. */
  home?: string;
  /** What the project may see of the environment. By default nothing: a demo is the same for everybody. */
  environment?: Lookup;
  /** Whether the person at this laptop has allowed what the project asks for beyond the default. */
  isAllowed?: (asks: readonly Ask[], model: Mapping) => boolean;
}

export interface ReadProject {
  /** Only when nothing is wrong, and nothing is asked that isn't allowed. */
  demo: Demo | undefined;
  diagnostics: DemoDiagnostic[];
  /** What it asks for beyond the default. */
  asks: Ask[];
  /** What is left out or done otherwise, in a sentence each. */
  notes: string[];
  /** What its files come to; empty when they can't be read. An answer to its asks holds for exactly this. */
  model: Mapping;
}

/** As many as anybody reads; a file of nothing but mistakes must not take longer than that. */
const MAX_DIAGNOSTICS = 20;

/** Undefined when the folder has no Compose file. */
export async function readProject(options: ProjectOptions): Promise<ReadProject | undefined> {
  const composeFiles = options.composeFiles ?? (await findComposeFiles(options));
  if (composeFiles === undefined) return undefined;
  const { files, folder, environment = () => undefined } = options;
  const main = files.show(composeFiles[0] ?? folder);
  try {
    const loaded = await loadModel({ files, folder, composeFiles, environment, home: options.home });
    return await toProject(loaded, options, main);
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    const sources = error instanceof LoadError ? error.sources : [];
    return {
      demo: undefined,
      diagnostics: toDiagnostics(error.problems, sources, main),
      asks: [],
      notes: [],
      model: {},
    };
  }
}

/** The files that Compose would take in this folder; undefined when there is none. */
async function findComposeFiles({
  files,
  folder,
  environment = () => undefined,
}: ProjectOptions): Promise<string[] | undefined> {
  const dotenv = await readVariables(files, [posix.join(folder, '.env')], environment, false);
  const listed = dotenv.get('COMPOSE_FILE') ?? '';
  if (listed !== '') return listed.split(':').map((file) => posix.resolve(folder, file));
  const there = async (names: readonly string[]) => {
    for (const name of names)
      if (await files.exists(posix.join(folder, name))) return posix.join(folder, name);
    return undefined;
  };
  const main = await there(COMPOSE_FILES);
  if (main === undefined) return undefined;
  const override = await there(OVERRIDE_FILES);
  return override === undefined ? [main] : [main, override];
}

async function toProject(loaded: LoadedModel, options: ProjectOptions, main: string): Promise<ReadProject> {
  const { model, sources, lookup } = loaded;
  const { files, folder, name, isAllowed = (asks) => asks.length === 0 } = options;
  const beside = await readXDemoFile(files, folder);
  const written = beside?.data ?? own(model, 'x-demo') ?? null;
  const raw = options.settings === undefined ? written : withSettings(written, options.settings);
  const xDemoAt = beside === undefined ? ['x-demo'] : [];
  const { xDemo, problems: wrong } = readXDemo(raw, xDemoAt);
  const envFiles = await readEnvFiles(model, files, lookup);
  const profiles = new Set((lookup('COMPOSE_PROFILES') ?? '').split(',').filter((one) => one !== ''));
  const secrets = await readSecrets(model, files, lookup);
  const shared = { model, name, folder, profiles, lookup, secrets, xDemo, xDemoAt };
  const { edits, problems: badEdits } = await readEdits(files, folder, xDemo, xDemoAt);
  const mountedFiles = await findMountedFiles(model, files);
  const made = toDemo({ ...shared, envFiles: envFiles.found, edits, mountedFiles });
  const allSources = beside === undefined ? sources : [...sources, beside.file];
  const inXDemo = [...wrong, ...badEdits].map((problem) =>
    beside === undefined ? problem : { ...problem, file: beside.file.name },
  );
  const problems = [
    ...loaded.problems,
    ...[...envFiles.problems, ...made.problems].filter((one) => !followsFrom(one, loaded.problems)),
    ...inXDemo,
  ];
  const notAllowed = isAllowed(made.asks, model) ? [] : made.asks.map((ask) => toRefusal(ask, name));
  const all = [...problems, ...notAllowed];
  const notes = [
    ...[...loaded.unset].map((variable) => `${variable} is not set in .env: it is empty.`),
    ...made.notes,
  ];
  return {
    demo: all.every(({ severity, isHarmless }) => severity === 'warning' || isHarmless === true)
      ? withMissing(made.demo, envFiles.missing)
      : undefined,
    diagnostics: toDiagnostics(all, allSources, main),
    asks: made.asks,
    notes,
    model,
  };
}

/** What the deck says of its slide's demo goes before what the project says. */
function withSettings(written: Tree, settings: Readonly<Record<string, unknown>>): Tree {
  const mine = isMapping(written) ? written : {};
  return { ...mine, ...(settings as Mapping) };
}

/** Of what was left out because it is wrong, nothing more is said. */
function followsFrom({ path }: ModelProblem, wrong: readonly ModelProblem[]): boolean {
  const begins = (a: TreePath, b: TreePath) => b.every((key, i) => String(a[i]) === String(key));
  return wrong.some((one) => begins(one.path, path) || begins(path, one.path));
}

/** Without them it can't run: its recording plays, and R says what is missing. */
function withMissing(demo: Demo, missing: readonly string[]): Demo {
  return missing.length === 0 ? demo : { ...demo, missing: [...missing] };
}

function toRefusal({ path, text }: Ask, name: string): ModelProblem {
  const hint = `If you trust this project, run: deckhand trust ${name}`;
  return { code: 'needs-trust', message: text, hint, path, isKey: true };
}

async function readXDemoFile(
  files: ProjectFiles,
  folder: string,
): Promise<{ data: Tree; file: YamlFile } | undefined> {
  const path = posix.join(folder, X_DEMO_FILE);
  const text = await files.read(path);
  if (text === undefined) return undefined;
  const file = parseYamlFile(text, files.show(path));
  return { data: file.documents[0]?.data ?? {}, file };
}

async function readEnvFiles(
  model: Mapping,
  files: ProjectFiles,
  lookup: Lookup,
): Promise<{ found: Map<string, Map<string, string>>; problems: ModelProblem[]; missing: string[] }> {
  const found = new Map<string, Map<string, string>>();
  const problems: ModelProblem[] = [];
  const missing: string[] = [];
  for (const [service, raw] of entries(own(model, 'services'))) {
    for (const [i, entry] of toList(own(raw, 'env_file')).entries()) {
      const path = asText(own(entry, 'path'));
      const text = await files.read(path);
      if (text !== undefined) {
        const isRaw = own(entry, 'format') === 'raw';
        found.set(path, isRaw ? readRaw(text) : readDotenv(text, files.show(path), lookup));
      } else if (own(entry, 'required') !== false) {
        const message = `There is no env file ${files.show(path)}, or it can't be read.`;
        const hint = 'Make it (often from an example beside it), or add required: false.';
        problems.push({
          code: 'no-file',
          severity: 'warning',
          message,
          hint,
          path: ['services', service, 'env_file', i],
        });
        missing.push(files.show(path));
      }
    }
  }
  return { found, problems, missing };
}

/** What stands in the project's secrets, whole and line by line. */
async function readSecrets(model: Mapping, files: ProjectFiles, lookup: Lookup): Promise<string[]> {
  const texts = entries(own(model, 'secrets')).map(async ([, secret]) => {
    const file = own(secret, 'file');
    if (typeof file === 'string') return files.read(file);
    const variable = own(secret, 'environment');
    return typeof variable === 'string' ? lookup(variable) : undefined;
  });
  const found = (await Promise.all(texts)).flatMap((text) =>
    text === undefined ? [] : [text, ...text.split('\n')],
  );
  return [...new Set(found.map((text) => text.trim()))].filter((text) => text !== '');
}

/** `format: raw`: everything after the first = is the value, as it is. */
function readRaw(text: string): Map<string, string> {
  const lines = text.split(/\r?\n/u).filter((line) => line.includes('=') && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

function toDiagnostics(
  problems: readonly ModelProblem[],
  sources: readonly YamlFile[],
  main: string,
): DemoDiagnostic[] {
  const placed = problems.map(({ path, isKey = false, file, place, ...problem }): DemoDiagnostic => {
    if (place !== undefined) return { ...problem, file: file ?? main, ...place };
    const wanted = sources.filter((source) => file === undefined || source.name === file);
    // The last file has the last word: what stands in it as deep as elsewhere is what counts.
    let best = { file: file ?? main, place: { line: 1, column: 1 }, depth: -1 };
    for (const source of wanted) {
      const found = findPlace(source, path, isKey);
      if (found.depth >= best.depth) best = { file: source.name, ...found };
    }
    return { ...problem, file: best.file, ...best.place };
  });
  return placed.toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, MAX_DIAGNOSTICS);
}
