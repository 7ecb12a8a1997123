import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { IMPORT_TABLE } from './import-table.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SRC = join(ROOT, 'src');

/** Every specifier that a file imports or re-exports: static, dynamic and side-effect imports, type imports too. */
function importsOf(source: string): string[] {
  const patterns = [
    /\b(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]/g,
    /\bimport\s*\(?\s*['"]([^'"]+)['"]/g,
  ];
  return patterns.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1] ?? ''));
}

function filesOf(folder: string): string[] {
  return readdirSync(join(SRC, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(SRC, folder, name));
}

/** What an import reaches, in the table's words: a folder of ours, a file of it, a package, or node:. */
function reached(file: string, specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:';
  if (!specifier.startsWith('.')) {
    const parts = specifier.split('/');
    return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
  }
  const target = relative(SRC, join(dirname(file), specifier)).replaceAll('\\', '/');
  return target.startsWith('../') ? target.slice(3) : target;
}

function isAllowed(folder: string, target: string): boolean {
  const allowed = IMPORT_TABLE[folder] ?? [];
  return (
    target.startsWith(`${folder}/`) || allowed.some((one) => target === one || target.startsWith(`${one}/`))
  );
}

/** The first way from a file back to itself. What loads later, `() => import(…)`, counts as well. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const target of graph.get(file) ?? []) {
      const found = visit(target, [...path, file]);
      if (found !== undefined) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const found = visit(file, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

describe('who imports whom', () => {
  const folders = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isDirectory());

  test('every folder of src stands in the table', () => {
    expect(folders.map((folder) => folder.name).toSorted()).toEqual(Object.keys(IMPORT_TABLE).toSorted());
  });

  test.each(folders.map((folder) => folder.name))('%s imports only what the table lets it', (folder) => {
    const wrong = filesOf(folder).flatMap((file) =>
      importsOf(readFileSync(file, 'utf8'))
        .map((specifier) => reached(file, specifier))
        .filter((target) => !target.endsWith('.css') && !isAllowed(folder, target))
        .map((target) => `${relative(ROOT, file)} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test.each(folders.map((folder) => folder.name))('%s uses all that the table lets it import', (folder) => {
    const used = filesOf(folder).flatMap((file) =>
      importsOf(readFileSync(file, 'utf8')).map((specifier) => reached(file, specifier)),
    );
    const isUsed = (one: string) => used.some((target) => target === one || target.startsWith(`${one}/`));
    expect((IMPORT_TABLE[folder] ?? []).filter((one) => !isUsed(one))).toEqual([]);
  });

  test('no file imports itself by way of others, not even a type', () => {
    const graph = new Map(
      filesOf('.').map((file) => {
        const own = importsOf(readFileSync(file, 'utf8')).filter((specifier) => specifier.startsWith('.'));
        return [file, own.map((specifier) => join(dirname(file), specifier))] as const;
      }),
    );
    const cycle = findCycle(graph)?.map((file) => relative(SRC, file));
    expect(cycle).toBeUndefined();
    const looped = new Map([...graph, ['a', ['b']], ['b', ['c']], ['c', ['a']]]);
    expect(findCycle(looped)).toEqual(['a', 'b', 'c', 'a']);
  });

  test('the test would notice a forbidden import', () => {
    expect(isAllowed('deck', 'node:')).toBe(false);
    expect(isAllowed('server', 'deck/compile.ts')).toBe(false);
    expect(importsOf("import type { A } from '../engine/engine.ts';")).toEqual(['../engine/engine.ts']);
  });

  test('ARCHITECTURE.md shows the same table', () => {
    const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
    for (const [folder, allowed] of Object.entries(IMPORT_TABLE)) {
      expect(text).toContain(`| ${folder} | ${allowed.join(', ')} |`);
    }
  });
});
