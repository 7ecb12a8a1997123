/** Values of the normalised model as the runner needs them. */
import { posix } from 'node:path';
import { toList, asText, own, entries, isMapping, type Tree } from '../model/tree.ts';

export function toTexts(value: Tree | undefined): string[] {
  return toList(value).map(asText);
}

export function toText(value: Tree | undefined): string | undefined {
  return value === undefined || value === null ? undefined : asText(value);
}

/** `{KEY: value}` or `["KEY=value"]`; a key without a value is null. */
export function toPairs(value: Tree | undefined): Map<string, string | null> {
  if (Array.isArray(value)) {
    return new Map(
      value.map((item) => {
        const text = asText(item);
        const at = text.indexOf('=');
        return at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
      }),
    );
  }
  return new Map(entries(value).map(([key, item]) => [key, item === null ? null : asText(item)]));
}

/** As `toPairs`; keys without a value are empty. */
export function toRecord(value: Tree | undefined): Record<string, string> {
  return Object.fromEntries([...toPairs(value)].map(([key, item]) => [key, item ?? '']));
}

export function at(value: Tree | undefined, ...keys: string[]): Tree | undefined {
  return keys.reduce<Tree | undefined>((found, key) => own(found, key), value);
}

export function isSaid(value: Tree | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return !isMapping(value) || Object.keys(value).length > 0;
}

/** A path inside a folder, relative to it; undefined when it leads out. */
export function toInside(folder: string, path: string): string | undefined {
  if (!path.startsWith('/')) return undefined;
  const relative = posix.relative(folder, path);
  if (relative === '..' || relative.startsWith('../')) return undefined;
  return relative === '' ? '.' : relative;
}
