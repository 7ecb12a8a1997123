import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

interface LockEntry {
  integrity?: string;
  resolved?: string;
  link?: boolean;
}

const text = await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8');
const { packages } = JSON.parse(text) as { packages: Record<string, LockEntry> };
const entries = Object.entries(packages).filter(([name]) => name !== '');

test('every package that npm ci installs is pinned by a hash', () => {
  const without = entries.filter(([, { integrity, link }]) => link !== true && integrity === undefined);
  expect(entries.length).toBeGreaterThan(200);
  expect(without.map(([name]) => name)).toEqual([]);
});

test('no package comes from a git repository, a bare address or another registry', () => {
  const elsewhere = entries.filter(
    ([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
  );
  expect(elsewhere.map(([name]) => name)).toEqual([]);
});
