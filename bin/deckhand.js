#!/usr/bin/env node
// Starts the bundled command line. In a checkout whose sources are newer than the bundle it bundles first, so that nobody
// presents with yesterday's code. JavaScript, because it runs before anything was built.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = join(root, 'dist/cli/deckhand.js');

function changedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newestSource() {
  const sources = statSync(join(root, 'src'), { throwIfNoEntry: false });
  if (sources === undefined) return 0;
  const names = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  return Math.max(
    ...names.filter((name) => /\.(ts|css)$/.test(name)).map((name) => changedAt(join(root, 'src', name))),
  );
}

if (newestSource() > changedAt(bundle)) {
  process.stderr.write('deckhand: the sources have changed, building …\n');
  const built = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (built.status !== 0) process.exit(built.status ?? 1);
}

await import(new URL('../dist/cli/deckhand.js', import.meta.url).href);
