import { type Document, isMap, isNode, isScalar, type LineCounter, type Node, visit } from 'yaml';
import type { ComposeProblem } from './compose-messages.ts';

/** Where a path of the data stands in the file. What is missing is where its parent is. */
export function toPosition(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
  isKey: boolean,
): { line: number; column: number } {
  for (let length = path.length; length > 0; length -= 1) {
    const part = path.slice(0, length);
    const node =
      (isKey && length === path.length ? keyNode(document, part) : undefined) ?? nodeAt(document, part);
    const offset = node?.range?.[0];
    if (offset !== undefined) {
      const { line, col } = lines.linePos(offset);
      return { line, column: col };
    }
  }
  return { line: 1, column: 1 };
}

function nodeAt(document: Document, path: readonly PropertyKey[]): Node | undefined {
  const node: unknown = document.getIn(path, true);
  return isNode(node) ? node : keyNode(document, path);
}

function keyNode(document: Document, path: readonly PropertyKey[]): Node | undefined {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
  return isNode(pair?.key) ? pair.key : undefined;
}

/**
 * Compose fills in variables from the environment; demos are the same for everybody, so only `$$`, its way to write a
 * dollar sign, is read. Changes the document, and tells every other dollar sign.
 */
export function readDollars(document: Document): ComposeProblem[] {
  const problems: ComposeProblem[] = [];
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string') return;
      const rest = node.value.replaceAll('$$', '');
      node.value = node.value.replaceAll('$$', '$');
      if (!rest.includes('$')) return;
      const message = 'Variables are not filled in: a demo is the same for everybody.';
      const hint = 'Write the value itself, or $$ for a dollar sign.';
      problems.push({ code: 'variable', message, hint, path: pathOf(ancestors, node) });
    },
  });
  return problems;
}

/** The keys and indexes that lead to a node. */
function pathOf(ancestors: readonly unknown[], node: Node): PropertyKey[] {
  const chain = [...ancestors, node];
  return chain.flatMap((child, i): PropertyKey[] => {
    const parent = chain[i - 1];
    if (typeof parent !== 'object' || parent === null) return [];
    if ('items' in parent && Array.isArray(parent.items) && !isMap(parent))
      return [parent.items.indexOf(child)];
    if ('key' in parent && isScalar(parent.key)) return [String(parent.key.value)];
    return [];
  });
}
