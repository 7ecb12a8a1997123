import { asText, type Tree, type TreePath } from '../model/tree.ts';
import type { ServiceReader } from './service-reader.ts';
import { splitShellWords } from './shell-words.ts';

/** A command as the engine takes it, from a list or from one string; undefined when there is none, or when it can't be read, which is told. */
export function words(r: ServiceReader, path: TreePath, value: Tree | undefined): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.map(asText);
  const split = splitShellWords(asText(value));
  if (split === undefined) r.bad(path, value, 'a command whose quotes are closed');
  return split;
}
