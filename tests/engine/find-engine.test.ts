import { createHash } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { listCandidates } from '../../src/engine/candidates.ts';
import { parseEndpoint, toAddress } from '../../src/engine/endpoint.ts';
import { findEngine } from '../../src/engine/find-engine.ts';
import { makeFolder } from './test-engine.ts';

const nowhere = { env: {}, home: '/nowhere', platform: 'win32' } as const;
const contextId = createHash('sha256').update('stage').digest('hex');

describe('the address of an engine', () => {
  test.each([
    ['unix:///var/run/docker.sock', { kind: 'socket', path: '/var/run/docker.sock' }],
    ['/run/docker.sock', { kind: 'socket', path: '/run/docker.sock' }],
    ['npipe:////./pipe/docker_engine', { kind: 'socket', path: '//./pipe/docker_engine' }],
    ['tcp://stage:2375', { kind: 'tcp', host: 'stage', port: 2375 }],
    ['tcp://[::1]', { kind: 'tcp', host: '::1', port: 2375 }],
    ['https://stage', { kind: 'tcp', host: 'stage', port: 2376, tls: {} }],
    ['ssh://me@stage:2222', { kind: 'ssh', target: 'me@stage', port: 2222 }],
    ['ssh://stage', { kind: 'ssh', target: 'stage' }],
  ])('%s is understood', (text, endpoint) => {
    expect(parseEndpoint(text)).toEqual(endpoint);
  });

  test.each(['unix:///a/b.sock', 'npipe:////./pipe/x', 'tcp://stage:2375', 'ssh://me@stage:2222'])(
    '%s is written as it was',
    (text) => {
      expect(toAddress(parseEndpoint(text))).toBe(text);
    },
  );

  test.each(['', 'stage', 'ftp://stage', 'tcp://'])('"%s" is refused with what to write', (text) => {
    expect(() => parseEndpoint(text)).toThrow(expect.objectContaining({ code: 'bad-engine-address' }));
  });
});

describe('where engines are looked for', () => {
  test('--engine goes before everything', async () => {
    const env = { DOCKER_HOST: 'tcp://other:1' };
    const [only, ...rest] = await listCandidates({ ...nowhere, asked: '/a.sock', env });
    expect(only).toMatchObject({ endpoint: { path: '/a.sock' }, why: '--engine', isAsked: true });
    expect(rest).toEqual([]);
  });

  test('then DOCKER_HOST, with its certificates when TLS is asked for', async () => {
    await using made = await makeFolder({ 'ca.pem': 'A', 'cert.pem': 'B', 'key.pem': 'C' });
    const env = { DOCKER_HOST: 'tcp://stage:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: made.folder };
    const [candidate] = await listCandidates({ ...nowhere, asked: undefined, env });
    const pem = (text: string) => Buffer.from(text);
    expect(candidate?.endpoint).toMatchObject({
      tls: { ca: pem('A'), cert: pem('B'), key: pem('C'), rejectUnauthorized: true },
    });
  });

  test("then the docker command's current context, with its own certificates", async () => {
    const meta = { Name: 'stage', Endpoints: { docker: { Host: 'tcp://stage:2376', SkipTLSVerify: false } } };
    await using made = await makeFolder({
      '.docker/config.json': JSON.stringify({ currentContext: 'stage' }),
      [`.docker/contexts/meta/${contextId}/meta.json`]: JSON.stringify(meta),
      [`.docker/contexts/tls/${contextId}/docker/ca.pem`]: 'A',
    });
    const [candidate] = await listCandidates({ ...nowhere, asked: undefined, home: made.folder });
    expect(candidate).toMatchObject({
      why: 'the docker context "stage"',
      isAsked: true,
      endpoint: { host: 'stage', tls: { rejectUnauthorized: true } },
    });
  });

  test('DOCKER_CONTEXT names another context than the current one, and "default" none', async () => {
    const meta = { Endpoints: { docker: { Host: 'ssh://stage' } } };
    await using made = await makeFolder({
      [`contexts/meta/${contextId}/meta.json`]: JSON.stringify(meta),
      'config.json': '{broken',
    });
    const env = { DOCKER_CONFIG: made.folder };
    const named = await listCandidates({
      ...nowhere,
      asked: undefined,
      env: { ...env, DOCKER_CONTEXT: 'stage' },
    });
    expect(named.map(({ endpoint }) => endpoint)).toEqual([{ kind: 'ssh', target: 'stage' }]);
    const usual = await listCandidates({
      ...nowhere,
      asked: undefined,
      env: { ...env, DOCKER_CONTEXT: 'default' },
    });
    expect(usual.map(({ why }) => why)).toContain('the usual named pipe');
  });

  test('then the usual sockets, those that exist', async () => {
    const files = {
      '.colima/default/docker.sock': '',
      '.orbstack/run/docker.sock': '',
      'run/podman/podman.sock': '',
    };
    await using made = await makeFolder(files);
    const env = { XDG_RUNTIME_DIR: path.join(made.folder, 'run') };
    const found = await listCandidates({ asked: undefined, env, home: made.folder, platform: 'darwin' });
    const inFolder = found.filter(
      ({ endpoint }) => endpoint.kind === 'socket' && endpoint.path.startsWith(made.folder),
    );
    expect(inFolder.map(({ why }) => why)).toEqual([
      "Colima's socket",
      "OrbStack's socket",
      "rootless Podman's socket",
    ]);
  });
});

describe('no engine is a normal answer', () => {
  test('when nothing is there, with what to start', async () => {
    const found = await findEngine({ ...nowhere });
    expect(found).toMatchObject({
      problem: { code: 'no-engine', hint: expect.stringContaining('Docker Desktop') },
    });
  });

  test('when the one that was asked for is not there, without taking another', async () => {
    const found = await findEngine({ engine: '/nowhere/docker.sock' });
    expect(found).toMatchObject({
      problem: { code: 'no-engine', message: expect.stringMatching(/--engine.*no such socket/u) },
    });
  });

  test('when a file is left where a socket was', async () => {
    await using made = await makeFolder({ 'docker.sock': '' });
    const found = await findEngine({ engine: path.join(made.folder, 'docker.sock') });
    expect(found).toMatchObject({ problem: { message: expect.stringContaining('nobody listens') } });
  });

  test('when somebody listens and says nothing, within the time limit', async () => {
    await using made = await makeFolder({});
    const socket = path.join(made.folder, 'mute.sock');
    const server = net.createServer(() => {}).listen(socket);
    const began = performance.now();
    const found = await findEngine({ engine: socket, timeoutMs: 200 });
    expect(found).toMatchObject({ problem: { message: expect.stringContaining('no answer within 0.2 s') } });
    expect(performance.now() - began).toBeLessThan(2000);
    server.close();
  });

  test('when somebody listens who is no engine', async () => {
    await using made = await makeFolder({});
    const socket = path.join(made.folder, 'rude.sock');
    const server = net.createServer((connection) => connection.end('SSH-2.0-no\r\n')).listen(socket);
    const found = await findEngine({ engine: socket });
    expect(found).toMatchObject({ problem: { code: 'no-engine' } });
    server.close();
  });

  test('when ssh fails: with what ssh said', async () => {
    await using made = await makeFolder({
      ssh: '#!/bin/sh\necho "ssh: Could not resolve hostname stage" >&2\nexit 255\n',
    });
    await chmod(path.join(made.folder, 'ssh'), 0o755);
    const before = process.env['PATH'];
    process.env['PATH'] = `${made.folder}${path.delimiter}${before ?? ''}`;
    const found = await findEngine({ engine: 'ssh://stage' });
    process.env['PATH'] = before;
    expect(found).toMatchObject({
      problem: { message: expect.stringContaining('Could not resolve hostname stage') },
    });
  });
});
