import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestServer } from '../test-server.ts';

/** Named in a slide, in a note, or by what it shows. */
const DECK = `
# One

![](img/own.png) ![](img/both.png) ![](../img/above.gif) ![](<img/with space ü.png>) ![](img/hash%231.png)
![](img/100%25.png) ![](img/what%3F.png) ![](img/drawing.svg) ![](img/film.mp4) ![](img/folder.png) ![](assets/late.png)
![](img/.private.png) ![](.git/logo.png) ![](img/out.png) ![](img/pipe.png) ![](img/.%2e/%2e./%2e./etc/passwd)
![](assets/later.png)

<iframe src="site/page.html"></iframe> <link rel="stylesheet" href="style.css"> <script src="evil.js"></script>

[code](demos/django/settings.py) [zip](files.zip) [pdf](paper.pdf) [js](evil.js)

::: notes
![](img/noted.png)
:::
`;

let server: TestServer;
beforeAll(async () => {
  const files = {
    'slides/img/own.png': 'beside the deck',
    'slides/img/both.png': 'beside the deck',
    'img/both.png': 'above the deck',
    'img/above.gif': 'above the deck',
    'img/with space ü.png': 'named by a person',
    'img/hash#1.png': 'hash',
    'img/100%.png': 'percent',
    'img/what?.png': 'question',
    'img/drawing.svg': '<svg/>',
    'img/film.mp4': '0123456789',
    'img/noted.png': 'noted',
    'img/unnamed.png': 'SECRET',
    'img/folder.png/index.html': '<script>SECRET</script>',
    'slides/site/page.html':
      '<link rel=stylesheet href=page.css><script src=page.js></script><img src=../img/own.png>',
    'slides/site/page.css': 'body { background: url("back.png") }',
    'slides/site/page.js': 'document.title = 1',
    'slides/site/back.png': 'back',
    'slides/site/unnamed.html': 'SECRET',
    'slides/style.css': '.a { background: url("img/css.png") }',
    'slides/img/css.png': 'named by a style sheet',
    'slides/evil.js': 'alert(1)',
    'slides/talk.md': '# secret notes',
    'demos/django/settings.py': 'DEBUG = True',
    'demos/django/other.py': 'SECRET',
    'files.zip': 'zip',
    'paper.pdf': '%PDF',
    '.env': 'SECRET',
    '.git/logo.png': 'SECRET',
    'img/.private.png': 'SECRET',
    'node_modules/lib/style.css': 'SECRET',
    'key.pem': 'SECRET',
    'assets/late.png': 'a deck may have this folder as well',
    'browser/assets/main-abc123.js': 'bundled',
    'browser/favicon.svg': '<svg/>',
  };
  server = await TestServer.open(files, DECK);
  execFileSync('mkfifo', [join(server.folder, 'img/pipe.png')]);
  await symlink('/etc/hostname', join(server.folder, 'img/out.png'));
});
afterAll(() => server[Symbol.asyncDispose]());

const framed = async (path: string) => String((await server.ask({ path })).headers.location);

describe('the files of a deck', () => {
  test.each([
    ['/img/own.png', 'beside the deck'],
    ['/img/both.png', 'beside the deck'],
    ['/img/above.gif', 'above the deck'],
    ['/img/with%20space%20%C3%BC.png', 'named by a person'],
    ['/img/hash%231.png', 'hash'],
    ['/img/100%25.png', 'percent'],
    ['/img/what%3F.png', 'question'],
    ['/img/own.png?v=2', 'beside the deck'],
    ['/img/noted.png', 'noted'],
    ['/demos/django/settings.py', 'DEBUG = True'],
    ['/files.zip', 'zip'],
    ['/paper.pdf', '%PDF'],
    ['/img/css.png', 'named by a style sheet'],
  ])('%s is found, beside the deck first', async (path, content) => {
    const { status, text, headers } = await server.ask({ path });
    expect([status, text]).toEqual([200, content]);
    expect(headers['cache-control']).toBe('no-cache');
  });

  test.each([
    '/slides/talk.md',
    '/talk.md',
    '/demos/django/other.py',
    '/img/unnamed.png',
    '/site/unnamed.html',
    '/img/folder.png',
    '/img/folder.png/',
    '/img/folder.png/index.html',
    '/img/pipe.png',
    '/img/out.png',
    '/etc/passwd',
    '/framed/x/site/page.html',
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

  test('every file that could be a document is one without scripts, and nobody else frames it', async () => {
    for (const path of ['/img/drawing.svg', '/img/own.png', '/evil.js', '/style.css', '/files.zip']) {
      const { headers } = await server.ask({ path });
      expect(headers['content-security-policy'], path).toBe("sandbox; frame-ancestors 'self'");
      expect(headers['x-frame-options'], path).toBe('SAMEORIGIN');
    }
    expect((await server.ask({ path: '/evil.js' })).headers['content-type']).toBe(
      'text/plain; charset=utf-8',
    );
  });

  test('a page that a slide frames has an origin of its own, and gets its own files there, without a cookie', async () => {
    const page = await framed('/site/page.html');
    expect(page).toMatch(/^\/framed\/[\w-]{32}\/site\/page\.html$/);
    const strange = { isStranger: true, headers: { 'Sec-Fetch-Site': 'cross-site', Origin: 'null' } };
    const { headers, text } = await server.ask({ path: page, ...strange });
    expect(headers['content-security-policy']).toBe(
      "sandbox allow-scripts allow-forms allow-popups; frame-ancestors 'self'",
    );
    expect(text).toContain('deckhand-frame-key');
    for (const [name, type, content] of [
      ['page.css', 'text/css', 'back.png'],
      ['page.js', 'text/javascript', 'document.title'],
      ['back.png', 'image/png', 'back'],
      ['../img/own.png', 'image/png', 'beside the deck'],
    ] as const) {
      const answer = await server.ask({ path: new URL(name, `http://deck${page}`).pathname, ...strange });
      expect([answer.status, answer.text], name).toEqual([200, expect.stringContaining(content)]);
      expect(answer.headers).toMatchObject({
        'content-type': expect.stringContaining(type),
        'cross-origin-resource-policy': 'cross-origin',
        'access-control-allow-origin': '*',
      });
    }
    for (const name of ['unnamed.html', '../talk.md', '../', '../key.pem', '../../../speaker', '/'])
      expect(
        (await server.ask({ path: new URL(name, `http://deck${page}`).pathname, ...strange })).status,
        name,
      ).not.toBe(200);
    const evil = { ...strange, headers: { Host: `evil.example:${server.port}` } };
    expect((await server.ask({ path: page, ...evil })).status).toBe(403);
  });

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

describe('a recording', () => {
  test('whose file, or whose folder, a container has made a link out is not there', async () => {
    const demo = join(server.folder, 'demos/django');
    const ask = async (file: string) =>
      (await server.ask({ path: `/api/demos/django/recording/${file}` })).status;
    await mkdir(join(demo, 'recording'), { recursive: true });
    await writeFile(join(demo, 'recording/app.png'), 'picture');
    execFileSync('mkfifo', [join(demo, 'recording/run.cast')]);
    expect([await ask('app.png'), await ask('run.cast')]).toEqual([200, 404]);
    await rm(join(demo, 'recording/app.png'));
    await symlink('/etc/hostname', join(demo, 'recording/app.png'));
    expect(await ask('app.png')).toBe(404);
    await rm(join(demo, 'recording'), { recursive: true });
    await symlink(join(server.folder, 'slides/img'), join(demo, 'recording'));
    await writeFile(join(server.folder, 'slides/img/app.png'), 'SECRET');
    expect(await ask('app.png')).toBe(404);
  });
});
