import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import spec from '../../src/compose/spec/compose-spec.json' with { type: 'json' };

interface Shape {
  properties?: Record<string, { oneOf?: Shape[] }>;
}

test('docs/demos.md says of every key of the specification what Deckhand does with it, and of no other', async () => {
  const document = await readFile(new URL('../../docs/demos.md', import.meta.url), 'utf8');
  const [services = '', builds = ''] = document.slice(document.indexOf('## Every key')).split('Of `build`:');
  const definitions = spec.$defs as Record<string, Shape>;
  const service = ['container_spec', 'workload_spec', 'service'].flatMap((name) =>
    Object.keys(definitions[name]?.properties ?? {}),
  );
  const build = definitions['workload_spec']?.properties?.['build']?.oneOf?.find(
    ({ properties }) => properties !== undefined,
  );
  expect(keysOf(services)).toEqual(service.toSorted());
  expect(keysOf(builds)).toEqual(Object.keys(build?.properties ?? {}).toSorted());
});

/** The keys of a table's rows; each row says yes, no, with leave or ignored. */
function keysOf(text: string): string[] {
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  return rows
    .flatMap((row) => {
      const [, keys = '', what = ''] = row.split('|').map((cell) => cell.trim());
      expect(['yes', 'no', 'with leave', 'ignored'], row).toContain(what);
      return [...keys.matchAll(/`([^`]+)`/gu)].map(([, key]) => key ?? '');
    })
    .toSorted();
}
