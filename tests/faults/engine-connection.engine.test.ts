import { expect, test } from 'vitest';
import { findEngine } from '../../src/engine/find-engine.ts';
import { startProxy } from '../engine/proxy.ts';
import { connectTestEngine } from '../engine/test-engine.ts';
import {
  describe as list,
  leftovers,
  phasesOf,
  printed,
  startTestRun,
  uniqueName,
} from '../runner/run-demo.ts';

async function connectThrough(socket: string) {
  const found = await findEngine({ engine: socket });
  if (found.engine === undefined) throw found.problem;
  return found.engine;
}

async function socketOfEngine(): Promise<string> {
  const engine = await connectTestEngine();
  engine.close();
  return engine.facts.endpoint.replace('unix://', '');
}

test('an engine that closes each kept connection just as it is used again loses no build and no output', async () => {
  await using proxy = await startProxy(await socketOfEngine(), { closesKept: true });
  const engine = await connectThrough(proxy.socket);
  const name = uniqueName();
  const files = {
    'compose.yaml': `name: ${name}\nservices:\n  web: {build: ., command: [cat, /made]}\n`,
    Dockerfile: `FROM python:3.13-slim\nRUN echo ${name} > /made\n`,
  };
  await using made = await startTestRun(files, { engine });
  const events = await made.all();
  expect(phasesOf(events).at(-1), list(events)).toBe('stopped');
  expect(printed(events, 'web')).toContain(name);
  expect(await leftovers(engine, name)).toEqual([]);
});
