import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  visit,
} from 'yaml';
import { ComposeError, type ModelProblem } from './problem.ts';
import { isMapping, toMapping, entries, type Mapping, type Tree, type TreePath } from './tree.ts';

/** A Compose file as it was written. */
export interface YamlFile {
  /** As it is named in messages. */
  name: string;
  documents: YamlDocument[];
  lines: LineCounter;
}

interface YamlDocument {
  document: Document;
  data: Mapping;
  /** Paths that the file takes away from those before it: `!reset`, `!override`. */
  resets: TreePath[];
}

/** A file that somebody else wrote must not hold up a talk. */
export const MAX_FILE_CHARACTERS = 1_000_000;
const MAX_ALIASES = 1000;

/** Whole numbers that begin with 0 are octal, as file modes are. */
const OCTAL = {
  tag: 'tag:yaml.org,2002:int',
  default: true as const,
  test: /^[-+]?0[0-7_]+$/u,
  resolve: (text: string) => Number.parseInt(text.replaceAll('_', ''), 8),
};

/** Reads a Compose file's YAML. Throws a `ComposeError` with all that is wrong in it. */
export function parseYamlFile(text: string, name: string): YamlFile {
  if (text.length > MAX_FILE_CHARACTERS) {
    const message = `The file has over ${MAX_FILE_CHARACTERS / 1_000_000} MB, more than a Compose file needs.`;
    const hint = 'Keep what the services read in files of their own.';
    throw new ComposeError([{ code: 'too-large', message, hint, path: [], file: name }]);
  }
  const lines = new LineCounter();
  try {
    // The library compares each key of a map with all others, and puts the lines around it into each error.
    const options = {
      lineCounter: lines,
      uniqueKeys: false,
      prettyErrors: false,
      merge: true,
      customTags: withOldTypes,
    };
    const parsed = parseAllDocuments(text, options);
    const found = Array.isArray(parsed) ? parsed : [];
    const problems = found.flatMap((document) => findProblems(document, lines, name));
    if (problems.length > 0) throw new ComposeError(problems);
    return { name, lines, documents: found.map((document) => toDocument(document, name)) };
  } catch (error) {
    if (error instanceof ComposeError) throw error;
    // Aliases that would make it grow without end, or too many levels for the stack.
    throw new ComposeError([toYamlProblem(error instanceof Error ? error.message : String(error), name)]);
  }
}

/** Dates are texts, in full. */
const DATE = {
  tag: 'tag:yaml.org,2002:timestamp',
  default: true as const,
  test: /^\d{4}-\d{2}-\d{2}$/u,
  resolve: (text: string) => `${text}T00:00:00Z`,
};

type TagList = Parameters<
  Extract<NonNullable<Parameters<typeof parseAllDocuments>[1]>['customTags'], (tags: never) => unknown>
>[0];

function withOldTypes(tags: TagList): TagList {
  return [OCTAL, DATE, ...tags];
}

function toDocument(document: Document, name: string): YamlDocument {
  const resets: TreePath[] = [];
  const dropped: TreePath[] = [];
  visit(document, {
    Node(_key, node, ancestors) {
      if (isAlias(node) || (node.tag !== '!reset' && node.tag !== '!override')) return;
      const path = pathOf(ancestors, node);
      resets.push(path);
      if (node.tag === '!reset') dropped.push(path);
    },
  });
  const data: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
  if (data === null || data === undefined) return { document, data: {}, resets };
  if (!isMapping(data)) {
    const hint = 'Begin it with services:, and a map of services below.';
    throw new ComposeError([
      { code: 'bad-yaml', message: 'The file is not a map.', hint, path: [], file: name },
    ]);
  }
  return { document, data: without(data, dropped), resets };
}

/** The model without what stands at these paths. */
export function without(model: Mapping, paths: readonly TreePath[]): Mapping {
  const drop = (value: Tree, path: TreePath): Tree => {
    const [key, ...rest] = path;
    if (key === undefined) return value;
    if (Array.isArray(value)) {
      if (rest.length === 0) return value.filter((_, i) => i !== key);
      return value.map((item, i) => (i === key ? drop(item, rest) : item));
    }
    if (!isMapping(value)) return value;
    const kept = entries(value).filter(([name]) => rest.length > 0 || name !== key);
    return toMapping(kept.map(([name, item]) => [name, name === key ? drop(item, rest) : item]));
  };
  return paths.reduce((left, path) => drop(left, path) as Mapping, model);
}

function findProblems(document: Document, lines: LineCounter, name: string): ModelProblem[] {
  const problems = document.errors.map(({ message, pos }) => ({ message, at: pos[0] }));
  visit(document, {
    Map(_key, map) {
      const keys = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value) && key.value !== '<<')
          problems.push({
            message: `The key "${String(key.value)}" appears twice in this map`,
            at: offsetOf(key),
          });
        keys.add(key.value);
      }
    },
    Scalar(_key, node) {
      // The operating system ends each text there.
      if (typeof node.value === 'string' && node.value.includes('\0'))
        problems.push({ message: 'A text has a NUL character in it', at: offsetOf(node) });
    },
  });
  return problems.map(({ message, at }) => ({ ...toYamlProblem(message, name), place: placeOf(lines, at) }));
}

function toYamlProblem(said: string, file: string): ModelProblem {
  const message = explain(said);
  const short = message.length > 200 ? `${message.slice(0, 200)}…` : message;
  const hint = 'Check the indentation, and that every quote and bracket is closed.';
  return { code: 'bad-yaml', message: `Not YAML: ${short.replace(/\.$/u, '')}.`, hint, path: [], file };
}

function explain(message: string): string {
  // The library calls itself for each level.
  if (message.includes('call stack')) return 'It is nested too deeply';
  return message.startsWith('Excessive alias') ? 'Its aliases repeat too much' : message;
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

export interface Place {
  line: number;
  column: number;
}

function placeOf(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** Where a path stands in the file, and how many of its parts were found there; what is missing is where its parent is. */
export function findPlace(file: YamlFile, path: TreePath, isKey: boolean): { place: Place; depth: number } {
  let best = { place: { line: 1, column: 1 }, depth: -1 };
  for (const { document } of file.documents) {
    for (let depth = path.length; depth > best.depth; depth -= 1) {
      const part = path.slice(0, depth);
      const wantsKey = isKey && depth === path.length;
      const node = (wantsKey ? keyNode(document, part) : undefined) ?? nodeAt(document, part);
      if (node === undefined) continue;
      best = { place: placeOf(file.lines, offsetOf(node)), depth };
    }
  }
  return best;
}

function nodeAt(document: Document, path: TreePath): Node | undefined {
  if (path.length === 0) return document.contents ?? undefined;
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  // A list of names stands for a map of them.
  if (isSeq(parent) && typeof path.at(-1) === 'string')
    return parent.items.filter(isScalar).find(({ value }) => value === path.at(-1));
  const node: unknown = document.getIn(path, true);
  return isNode(node) ? node : keyNode(document, path);
}

function keyNode(document: Document, path: TreePath): Node | undefined {
  const parent: unknown = path.length <= 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)));
  return isNode(pair?.key) ? pair.key : undefined;
}

/** The keys and indexes that lead to a node. */
function pathOf(ancestors: readonly unknown[], node: Node): (string | number)[] {
  const chain = [...ancestors, node];
  return chain.flatMap((child, i): (string | number)[] => {
    const parent = chain[i - 1];
    if (typeof parent !== 'object' || parent === null) return [];
    if ('items' in parent && Array.isArray(parent.items) && !isMap(parent))
      return [parent.items.indexOf(child)];
    if ('key' in parent && isScalar(parent.key)) return [String(parent.key.value)];
    return [];
  });
}
