import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { findEngine } from '../../src/engine/find-engine.ts';
import { installFakeSsh } from './fake-ssh.ts';
import { startProxy, startTcpRelay } from './proxy.ts';
import { connectTestEngine, makeFolder } from './test-engine.ts';

/** Where the tests' engine listens. */
async function socketOfEngine(): Promise<string> {
  const engine = await connectTestEngine();
  engine.close();
  return engine.facts.endpoint.replace('unix://', '');
}

test('an engine says what it is, and why it was taken', async () => {
  const socket = await socketOfEngine();
  const found = await findEngine({ engine: `unix://${socket}` });
  expect(found).toMatchObject({
    why: expect.stringMatching(/^Docker Engine .* at unix:.*, from --engine$/u),
  });
  expect(found.engine?.facts).toMatchObject({
    flavour: 'docker',
    platform: expect.stringMatching(/^linux\//u),
    isRemote: false,
  });
  expect(Number(found.engine?.facts.apiVersion.split('.')[1])).toBeGreaterThanOrEqual(41);
  found.engine?.close();
});

test('the current docker context is used', async () => {
  await using proxy = await startProxy(await socketOfEngine());
  const id = createHash('sha256').update('stage').digest('hex');
  await using made = await makeFolder({
    'config.json': JSON.stringify({ currentContext: 'stage' }),
    [`contexts/meta/${id}/meta.json`]: JSON.stringify({
      Endpoints: { docker: { Host: `unix://${proxy.socket}` } },
    }),
  });
  const found = await findEngine({ env: { DOCKER_CONFIG: made.folder } });
  expect(found).toMatchObject({ why: expect.stringContaining('the docker context "stage"') });
  found.engine?.close();
});

test('an engine is reached over tcp', async () => {
  await using relay = await startTcpRelay(await socketOfEngine(), '127.0.0.1');
  const found = await findEngine({ env: { DOCKER_HOST: relay.address } });
  expect(found.engine?.facts).toMatchObject({ endpoint: relay.address, isRemote: false });
  found.engine?.close();
});

test('an engine is reached through the ssh command, whose other end is `docker system dial-stdio`', async () => {
  await using ssh = await installFakeSsh(await socketOfEngine());
  const found = await findEngine({ engine: 'ssh://me@stage:2222' });
  expect(found.engine?.facts).toMatchObject({
    endpoint: 'ssh://me@stage:2222',
    isRemote: true,
    needsRelay: false,
  });
  expect(await found.engine?.hasImage('python:3.13-slim')).toBe(true);
  expect((await ssh.asked())[0]).toMatch(/-p 2222 -- me@stage docker system dial-stdio$/u);
  found.engine?.close();
});

test('an engine that goes away and comes back answers again', async () => {
  await using proxy = await startProxy(await socketOfEngine());
  const { engine } = await findEngine({ engine: proxy.socket });
  await engine?.ping();
  await proxy.cut();
  await expect(engine?.ping()).rejects.toMatchObject({ name: 'EngineError', isUnreachable: true });
  await proxy.restore();
  await expect(engine?.ping()).resolves.toBeUndefined();
  engine?.close();
});
