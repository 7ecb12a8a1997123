import { createInterface } from 'node:readline';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { sweep } from '../../src/runner/containers/sweep.ts';
import { ask, presentAndRecord, type Presenting, readToken } from '../e2e/deckhand.ts';
import { startProxy } from '../engine/proxy.ts';
import { connectTestEngine, makeFolder } from '../engine/test-engine.ts';
import { leftovers, uniqueName } from '../runner/run-demo.ts';

/** Longer than Ctrl+C may take, even beside an engine that does nothing. */
const LIMIT_MS = 15_000;

/** A deck whose demo ignores SIGTERM, presented and run until it is ready. */
async function runDemo(folder: string, name: string, engine: string): Promise<Presenting> {
  const demo = path.join(folder, 'demos', name);
  await mkdir(demo, { recursive: true });
  const command = `[sh, -c, "trap '' TERM; echo up; while true; do sleep 1; done"]`;
  await writeFile(
    path.join(demo, 'compose.yaml'),
    `name: ${name}\nservices:\n  web: {image: python:3.13-slim, command: ${command}, stop_grace_period: 30s}\n`,
  );
  await writeFile(path.join(folder, 'talk.md'), `## One\n\n::: {.demo name="${name}"}\nx\n:::\n`);
  const server = await presentAndRecord(['talk.md', '--engine', engine], folder);
  const token = await readToken(server.url);
  const headers = { 'X-Deckhand-Token': token, 'Content-Type': 'application/json' };
  const started = await ask(server.url, `/api/demos/${name}/runs`, { method: 'POST', headers, body: '{}' });
  expect(started.status).toBe(201);
  const { id } = (await started.json()) as { id: string };
  const events = await ask(server.url, `/api/runs/${id}/events`);
  let seen = '';
  const decoder = new TextDecoder();
  for await (const chunk of events.body ?? []) {
    seen += decoder.decode(chunk, { stream: true });
    if (seen.includes('"ready"')) break;
  }
  return server;
}

/** How it ended, and what it said meanwhile. */
async function pressCtrlC(server: Presenting): Promise<{ code: number | null; said: string; ms: number }> {
  const began = performance.now();
  let said = '';
  if (server.process.stderr !== null)
    createInterface(server.process.stderr).on('line', (line) => (said += `${line}\n`));
  const code = await new Promise<number | null>((resolve) => {
    server.process.once('exit', resolve);
    server.process.kill('SIGINT');
  });
  return { code, said, ms: performance.now() - began };
}

test('Ctrl+C beside an engine that hangs ends soon, and says what is left and how it is removed', async () => {
  const engine = await connectTestEngine();
  const name = uniqueName();
  await using made = await makeFolder({});
  await using proxy = await startProxy(engine.facts.endpoint.replace('unix://', ''));
  await using server = await runDemo(made.folder, name, proxy.socket);
  proxy.freeze();
  const { said, ms, code } = await pressCtrlC(server);
  expect(ms).toBeLessThan(LIMIT_MS);
  expect(said).toContain(name);
  expect(said).toContain('deckhand sweep');
  expect(code).toBe(1);
  await expect
    .poll(async () => (await sweep(engine), leftovers(engine, name)), { timeout: 20_000 })
    .toEqual([]);
  engine.close();
});

test('Ctrl+C does not wait as long as a container would like to take, and leaves nothing', async () => {
  const engine = await connectTestEngine();
  const name = uniqueName();
  await using made = await makeFolder({});
  await using server = await runDemo(made.folder, name, engine.facts.endpoint);
  const { ms, code } = await pressCtrlC(server);
  expect(code).toBe(0);
  expect(ms).toBeLessThan(LIMIT_MS);
  expect(await leftovers(engine, name)).toEqual([]);
  engine.close();
});
