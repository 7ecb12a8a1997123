import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';

import { prepareProjectImages } from '../machine/project-images.ts';
import { leftovers, startProject } from '../runner/run-demo.ts';

/**
 * `npm run test:projects`: four projects as people write them, with the images that they name, whose entrypoints begin as root. The images are
 * STAND-INS made of Debian's packages: minutes at the first time.
 */
beforeAll(() => prepareProjectImages((line) => process.stdout.write(`tests: ${line}\n`)), 1_200_000);

const UNTIL = { timeout: 30_000, interval: 500 };

/** Runs the project of that folder until it is ready, lets `use` ask its app, and checks that it leaves nothing behind. */
async function present(folder: string, use: (ask: (path: string) => Promise<string>) => Promise<void>) {
  const name = `${folder}-${randomUUID().slice(0, 8)}`;
  const copy = await mkdtemp(join(tmpdir(), 'deckhand-project-'));
  await cp(join(import.meta.dirname, folder), copy, { recursive: true });
  const { engine, demo, run } = await startProject(copy, name);
  const printed: string[] = [];
  let url = '';
  try {
    for await (const event of run.events(0, new AbortController().signal)) {
      if (event.type === 'output') printed.push(event.text);
      if (event.type === 'error') throw new Error(`${event.message} ${event.hint}\n${printed.join('')}`);
      if (event.type === 'app') url = event.url;
      if (event.type !== 'phase' || event.phase !== 'ready') continue;
      let cookie = '';
      await use(async (path) => {
        const answer = await fetch(new URL(path, url), { headers: { cookie } });
        cookie ||= answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
        return answer.text();
      });
      run.stop();
    }
  } finally {
    run.stop();
    await run.done;
    for (const volume of demo.volumes) await engine.removeVolume(`deckhand-${demo.name}-${volume}`);
    for (const { name: service } of demo.services)
      await engine.removeImage(`deckhand-${demo.name}-${service}:latest`);
    await rm(copy, { recursive: true });
  }
  expect(await leftovers(engine, name)).toEqual([]);
}

test('Django with PostgreSQL', { timeout: 300_000 }, () =>
  present('django-postgres', async (ask) => {
    expect(await ask('/')).toMatch(/Hello from PostgreSQL.*PostgreSQL 17.*1 visits/);
    expect(await ask('/')).toContain('2 visits');
  }),
);

test('Flask with Redis', { timeout: 300_000 }, () =>
  present('flask-redis', async (ask) => {
    const seen = async () => Number(/seen (\d+) times/.exec(await ask('/'))?.[1]);
    const first = await seen();
    expect(await seen()).toBe(first + 1);
  }),
);

test('two Nodes behind nginx', { timeout: 300_000 }, () =>
  present('node-nginx', async (ask) => {
    expect(await ask('/')).toMatch(/^node v\d+.* through nginx for \d/);
    const hosts = new Set<string>();
    await vi.waitFor(async () => {
      hosts.add(/on (\S+)/.exec(await ask('/'))?.[1] ?? '');
      expect(hosts.size).toBe(2);
    }, UNTIL);
  }),
);

test('two workers with a queue and a database', { timeout: 300_000 }, () =>
  present('queue-worker', async (ask) => {
    for (const word of ['ship', 'box', 'crane']) expect(await ask(`/say/${word}`)).toBe('queued');
    await vi.waitFor(async () => expect(JSON.parse(await ask('/'))).toEqual(['BOX', 'CRANE', 'SHIP']), UNTIL);
  }),
);
