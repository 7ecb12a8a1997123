import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { stageRequestSchema } from '../../src/stage/stage-schema.ts';
import { LanTest } from './lan-test.ts';
import { TestServer } from './test-server.ts';

let server: TestServer;
let document: string;
beforeAll(async () => {
  server = await TestServer.open();
  document = await readFile(new URL('../../docs/api.md', import.meta.url), 'utf8');
});
afterAll(() => server[Symbol.asyncDispose]());

/** `GET /api/demos/:name`, without the pattern that a parameter may have. */
function routesOf(): string[] {
  const routes = createApp(server.context).routes.filter(({ method }) => method !== 'ALL');
  return [...new Set(routes.map(({ method, path }) => `${method} ${path.replace(/\{.*\}/, '')}`))].toSorted();
}

describe('docs/api.md', () => {
  test('has a heading for every route, and no heading for a route that is none', () => {
    const headings = [...document.matchAll(/^### `([A-Z]+ [^`]+)`$/gm)].map(([, heading]) => heading ?? '');
    expect(headings.length).toBeGreaterThan(10);
    expect(headings.toSorted()).toEqual(routesOf());
  });

  test('shows one change of the stage of every type, and the stage takes each as it stands there', () => {
    const shown = [...document.matchAll(/^\| `(\{"type".*\})` \|/gm)].map(
      ([, body]) => JSON.parse(body ?? '') as { type: string },
    );
    for (const change of shown)
      expect(stageRequestSchema.safeParse(change).success, JSON.stringify(change)).toBe(true);
    expect(shown.map(({ type }) => type)).toEqual([
      'move',
      'pause',
      'break',
      'overview',
      'theme',
      'freeze',
      'timer',
      'view',
      'scroll',
      'typed',
      'replay',
      'replay-pause',
      'replay-speed',
      'replay-seek',
      'replay-stop',
      'fallback',
      'fallback-seen',
    ]);
  });

  test('names every error that the routes throw', async () => {
    const folder = new URL('../../src/server/', import.meta.url);
    const names = await readdir(folder, { recursive: true });
    const read = async (name: string) => {
      const source = await readFile(new URL(name, folder), 'utf8');
      const ours = [...source.matchAll(/\bcode: '([a-z-]+)'/g)];
      const talks = name.startsWith('runs/') ? [...source.matchAll(/UserError\(\s*'([a-z-]+)'/g)] : [];
      return [...ours, ...talks].map(([, code]) => code ?? '');
    };
    const codes = (await Promise.all(names.filter((name) => name.endsWith('.ts')).map(read))).flat();
    expect(codes.length).toBeGreaterThan(10);
    for (const code of codes) expect(document, code).toContain(`\`${code}\``);
  });

  test('has a heading for every route of the second listener, and a line for what a phone may do', async () => {
    await using lan = await LanTest.open();
    await lan.pair();
    const routes = lan.app.routes.filter(({ method }) => method !== 'ALL');
    const own = routes.filter(({ path }) => !path.startsWith('/api/') && path !== '/*' && path !== '/');
    const headings = [...document.matchAll(/^#### `([A-Z]+ [^`]+)`$/gm)].map(([, heading]) => heading ?? '');
    const names = own.map(({ method, path }) => `${method} ${path.replace(/\{.*\}/, '')}`);
    expect(headings.toSorted()).toEqual([...new Set(names)].toSorted());
    const table = document.slice(document.indexOf('| route | for a phone |'));
    const shared = routes.filter(({ path }) => path.startsWith('/api/'));
    for (const { method, path } of shared) {
      const example = path
        .replace(/\{.*\}/, '')
        .replace(':file', 'run.cast')
        .replaceAll(/:\w+/g, 'x');
      const { status } = await lan.ask({ method, path: example, isPaired: true });
      const line = `\`${method} ${path.replace(/\{.*\}/, '')}\``;
      expect(status !== 403, line).toBe(table.includes(line));
    }
  });

  test('finds the token in the page as its example does', async () => {
    const pattern = /sed -n 's\/\.\*(.*)\\\(\[\^"\]\*\\\)/.exec(document)?.[1];
    expect(pattern).toBe('"token":"');
    expect(JSON.stringify({ token: 'abc' })).toContain(`${pattern}abc"`);
  });
});
