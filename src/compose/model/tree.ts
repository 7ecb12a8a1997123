/** Compose files as plain data. Maps may have any key, `__proto__` included: keys are looked up with `own`. */
export type Tree = null | string | number | boolean | Tree[] | Mapping;
export interface Mapping {
  [key: string]: Tree;
}

/** Keys and indexes from the top: `['services', 'web', 'ports', 0]`. */
export type TreePath = readonly (string | number)[];

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a map's own key; undefined for any other key, and for what is no map. */
export function own(value: Tree | undefined, key: string): Tree | undefined {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A map's own entries; none for anything else. */
export function entries(value: Tree | undefined): [string, Tree][] {
  return isMapping(value) ? Object.entries(value) : [];
}

/** A list as it is; anything else as a list of it, and nothing as none. */
export function toList(value: Tree | undefined): Tree[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** A map of these entries. Later ones win; `__proto__` is a key like any other. */
export function toMapping(pairs: Iterable<readonly [string, Tree]>): Mapping {
  return Object.fromEntries<Tree>(pairs);
}

/** Whether a path fits a pattern such as `services.*.ports`; `*` stands for any one key or index. */
export function fits(path: TreePath, pattern: string): boolean {
  const parts = pattern.split('.');
  return parts.length === path.length && parts.every((part, i) => part === '*' || part === String(path[i]));
}

/** The same value for several patterns, written with spaces between them; `before` begins each. */
export function forPaths<T>(value: T, patterns: string, before = ''): [string, T][] {
  return patterns.split(' ').map((pattern) => [`${before}${pattern}`, value]);
}

/** The value of the first pattern that fits; undefined when none does. */
export function firstFit<T>(path: TreePath, byPattern: ReadonlyMap<string, T>): T | undefined {
  for (const [pattern, value] of byPattern) if (fits(path, pattern)) return value;
  return undefined;
}

/** What `change` makes of each value that it answers for, from the top down; where it answers undefined, of what is in it. */
export function rewrite(
  value: Tree,
  change: (value: Tree, path: TreePath) => Tree | undefined,
  path: TreePath = [],
): Tree {
  const changed = change(value, path);
  if (changed !== undefined) return changed;
  if (Array.isArray(value)) return value.map((item, i) => rewrite(item, change, [...path, i]));
  if (!isMapping(value)) return value;
  return toMapping(entries(value).map(([key, item]) => [key, rewrite(item, change, [...path, key])]));
}

/** Whether two trees are the same, whatever the order of their keys. */
export function isSame(a: Tree, b: Tree): boolean {
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => isSame(item, b[i] ?? null));
  if (!isMapping(a)) return a === b;
  const keys = Object.keys(a);
  return (
    isMapping(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key] ?? null, b[key] ?? null))
  );
}

/** A value as a text: scalars as they are written, anything else as JSON. */
export function asText(value: Tree | undefined): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
