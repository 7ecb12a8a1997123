import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestServer } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({
    'slides/img/own.png': 'beside the deck',
    'slides/img/both.png': 'beside the deck',
    'img/both.png': 'above the deck',
    'img/above.gif': 'above the deck',
    'img/with space ü.png': 'named by a person',
    'img/chart.html': '<script>1</script>',
    'img/drawing.svg': '<svg/>',
    'img/film.mp4': '0123456789',
    'slides/talk.md': '# secret notes',
    'demos/django/settings.py': 'SECRET_KEY',
    '.env': 'SECRET',
    '.git/logo.png': 'SECRET',
    'img/.private.png': 'SECRET',
    'node_modules/lib/style.css': 'SECRET',
    'key.pem': 'SECRET',
    'assets/late.png': 'a deck may have this folder as well',
    'browser/assets/main-abc123.js': 'bundled',
    'browser/favicon.svg': '<svg/>',
  });
  await mkdir(join(server.folder, 'img/folder.png'));
});
afterAll(() => server[Symbol.asyncDispose]());

describe('the files of a deck', () => {
  test.each([
    ['/img/own.png', 'beside the deck'],
    ['/img/both.png', 'beside the deck'],
    ['/img/above.gif', 'above the deck'],
    ['/img/with%20space%20%C3%BC.png', 'named by a person'],
  ])('%s is found, beside the deck first', async (path, content) => {
    const { status, text, headers } = await server.ask({ path });
    expect([status, text]).toEqual([200, content]);
    expect(headers['cache-control']).toBe('no-cache');
  });

  test.each([
    '/slides/talk.md',
    '/talk.md',
    '/demos/django/settings.py',
    '/key.pem',
    '/.env',
    '/.git/logo.png',
    '/img/.private.png',
    '/img%2F.private.png',
    '/img%252F.private.png',
    '/img/%2eprivate.png',
    '/%2egit/logo.png',
    '/.git%2Flogo.png',
    '/node_modules/lib/style.css',
    '/node_modules%2Flib/style.css',
    '/img/../.git/logo.png',
    '/img/',
    '/img/none.png',
  ])('%s is not handed out', async (path) => {
    const { status, text } = await server.ask({ path });
    expect(status).toBe(404);
    expect(text).not.toMatch(/SECRET|secret/);
  });

  test.each([
    '/../../../../../../etc/passwd.png',
    '/img/../../outside.png',
    '/..%2f..%2foutside.png',
    '/%2e%2e/%2e%2e/outside.png',
    '/..\\..\\outside.png',
    '//etc/outside.png',
    '/img/\u0000.png',
    '/%00.png',
    '/%E0%A4%A.png',
  ])('%s does not lead out of the folder and breaks nothing', async (path) => {
    const { status } = await server.ask({ path: encodeURI(path).replaceAll('%25', '%') });
    expect([400, 404]).toContain(status);
    expect(server.bugs).toEqual([]);
  });

  test('a folder that is named like a picture is no picture, and no bug', async () => {
    expect((await server.ask({ path: '/img/folder.png' })).status).toBe(404);
    expect(server.bugs).toEqual([]);
  });

  test('a video can be read in parts, and a senseless range breaks nothing', async () => {
    const part = await server.ask({ path: '/img/film.mp4', headers: { Range: 'bytes=2-4' } });
    expect([part.status, part.text]).toEqual([206, '234']);
    for (const range of [
      'bytes=99-',
      'bytes=5-1',
      'bytes=-0',
      'bytes=a-b',
      'bytes=0-1,3-4',
      'bytes=99999999999999999999-',
    ]) {
      const { status } = await server.ask({ path: '/img/film.mp4', headers: { Range: range } });
      expect([200, 206, 416], range).toContain(status);
    }
    expect(server.bugs).toEqual([]);
  });

  test.each(['/img/chart.html', '/img/drawing.svg'])(
    '%s has an origin of its own: it cannot read the token',
    async (path) => {
      const { headers } = await server.ask({ path });
      const policy = headers['content-security-policy'] ?? '';
      expect(policy).toMatch(/^sandbox /);
      expect(policy).not.toContain('allow-same-origin');
    },
  );

  test('a missing file is said to be missing in words, and not remembered to be', async () => {
    const { status, text, headers } = await server.ask({ path: '/assets/later.png' });
    expect([status, text]).toEqual([404, 'Nothing is served at /assets/later.png\n']);
    expect(headers['cache-control']).toBe('no-cache');
  });

  test('only bundled files with a hash in their name are kept for good', async () => {
    const cacheOf = async (path: string) => (await server.ask({ path })).headers['cache-control'];
    expect(await cacheOf('/assets/main-abc123.js')).toBe('public, max-age=31536000, immutable');
    expect(await cacheOf('/favicon.svg')).toBeUndefined();
    expect(await cacheOf('/assets/late.png')).toBe('no-cache');
  });
});
