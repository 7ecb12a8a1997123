import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const DEMOS = fileURLToPath(new URL('../../demos', import.meta.url));

/** Compose is a plugin of the docker command, which not every machine has: our own engine tests do without. */
const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0;

test.runIf(hasCompose).each(readdirSync(DEMOS))('docker compose itself accepts the demo %s', (name) => {
  const file = join(DEMOS, name, 'compose.yaml');
  const { status, stderr } = spawnSync('docker', ['compose', '-f', file, 'config', '--quiet'], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
