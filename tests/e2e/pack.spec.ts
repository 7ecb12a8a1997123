import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parseDemo } from '../compose/parse-demo.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { findEngine } from '../../src/engine/find-engine.ts';
import { nameInstance } from '../../src/runner/instance.ts';
import { startRun } from '../../src/runner/run.ts';
import { copyTalk, deckhand } from './deckhand.ts';

const NAME = `packed-${randomUUID().slice(0, 8)}`;
const IMAGE = `deckhand-${NAME}-web:latest`;
const COMPOSE = `name: ${NAME}
services:
  web: {build: ., command: python -u -m http.server -d /site 8000, ports: ["8000"], stop_grace_period: 0s}
x-demo: {app: {service: web, port: 8000}}
`;
const DECK = `% Packed\n\n# One\n\n![A picture](img/docker-logo.svg)\n\n::: {.demo name="${NAME}"}\nA page.\n:::\n`;

async function connect(): Promise<Engine> {
  const found = await findEngine();
  if (found.engine === undefined) throw found.problem;
  return found.engine;
}

/** The phases and step states of a run that may not build anything, until it is ready. */
async function runWithoutBuilding(folder: string, engine: Engine): Promise<string[]> {
  const demoFolder = join(folder, 'demos', NAME);
  const { demo } = await parseDemo(await readFile(join(demoFolder, 'compose.yaml'), 'utf8'), NAME);
  if (demo === undefined) throw new Error('The unpacked demo has mistakes.');
  const mark = JSON.parse(await readFile(join(folder, '.deckhand-pack.json'), 'utf8')) as {
    images: { name: string; id: string }[];
  };
  const packed = new Map(mark.images.map(({ name, id }) => [name, id]));
  // As where every step wants a network that is not there.
  const build = () => {
    throw new Error('Nothing may be built');
  };
  const cut = { ...engine, build };
  const options = {
    id: randomUUID(),
    engine: cut,
    folder: demoFolder,
    instance: await nameInstance(),
    packed,
  };
  const run = startRun(demo, options);
  const seen: string[] = [];
  for await (const event of run.events(0, new AbortController().signal)) {
    if (event.type === 'phase') seen.push(event.phase);
    if (event.type === 'step') seen.push(event.state);
    if (event.type === 'error') seen.push(event.message);
    if (event.type === 'phase' && event.phase === 'ready') run.stop();
  }
  await run.done;
  return seen;
}

test('a packed deck runs where its images were missing, without building anything', async () => {
  await using talk = await copyTalk();
  const folder = join(talk.folder, 'demos', NAME);
  await mkdir(folder);
  await writeFile(join(folder, 'compose.yaml'), COMPOSE);
  await writeFile(
    join(folder, 'Dockerfile'),
    'FROM python:3.13-slim\nRUN mkdir /site\nCOPY page.txt /site/\n',
  );
  await writeFile(join(folder, 'page.txt'), 'hello');
  const [picture = ''] = (await readdir(join(talk.folder, 'img'))).filter((name) =>
    /\.(?:png|svg)$/u.test(name),
  );
  await writeFile(talk.deck, DECK.replace('docker-logo.svg', picture));
  const packed = await deckhand(['pack', talk.deck, '-o', 'one.deckhand'], talk.folder);
  expect(packed.code, packed.stderr).toBe(0);
  expect(packed.stdout).toContain('2 images');
  const engine = await connect();
  const id = await engine.imageId(IMAGE);
  await engine.removeImage(IMAGE);
  expect(await engine.imageId(IMAGE)).toBeUndefined();
  const unpacked = await deckhand(['unpack', 'one.deckhand'], talk.folder);
  expect(unpacked.code, unpacked.stderr).toBe(0);
  expect(unpacked.stdout).toContain('deckhand present one/slides/talk.md');
  expect(await engine.imageId(IMAGE)).toBe(id);
  const names = await readdir(join(talk.folder, 'one'));
  expect(names.toSorted()).toEqual(['.deckhand-pack.json', 'demos', 'img', 'slides', 'talk.pdf']);
  const looked = await deckhand(['preflight', 'one/slides/talk.md', '--json'], talk.folder);
  const { checks } = JSON.parse(looked.stdout) as { checks: { name: string; what: string }[] };
  expect(checks.find(({ name }) => name === `${NAME}: image`)?.what).toBe('built from the current files');
  const seen = await runWithoutBuilding(join(talk.folder, 'one'), engine);
  expect(seen.slice(0, 7)).toEqual(['queued', 'building', 'cached', 'cached', 'cached', 'starting', 'ready']);
  await engine.removeImage(IMAGE);
  engine.close();
});
