import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { distrust, trust } from '../../src/talk/demos/trust.ts';
import { readDemoFolder } from '../../src/talk/demos/read-demo-folder.ts';
import { makeFolder } from '../engine/test-engine.ts';

const PRIVILEGED = 'services:\n  a:\n    image: x\n    privileged: true\n';
let made: Awaited<ReturnType<typeof makeFolder>>;

beforeEach(async () => {
  made = await makeFolder({ 'demo/compose.yaml': PRIVILEGED });
  vi.stubEnv('XDG_CONFIG_HOME', join(made.folder, 'config'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await made[Symbol.asyncDispose]();
});

const folder = () => join(made.folder, 'demo');
const read = async () => {
  const project = await readDemoFolder({ folder: folder(), name: 'a', cwd: made.folder });
  if (project === undefined) throw new Error('no project');
  return project;
};
const isAllowed = async () => (await read()).demo !== undefined;

test('what was allowed holds for exactly these files, on this machine, until it is taken back', async () => {
  expect(await isAllowed()).toBe(false);
  const { asks, model } = await read();
  await trust(folder(), asks, model, made.folder);
  expect(await isAllowed()).toBe(true);
  // The same ask in another file is another project.
  await writeFile(join(folder(), 'compose.yaml'), `${PRIVILEGED}    command: rm -rf /\n`);
  expect(await isAllowed()).toBe(false);
  // So is what a variable makes of it.
  await writeFile(join(folder(), 'compose.yaml'), PRIVILEGED.replace('image: x', 'image: x${TAG:-}'));
  expect(await isAllowed()).toBe(true);
  await writeFile(join(folder(), '.env'), 'TAG=:evil\n');
  expect(await isAllowed()).toBe(false);
  await writeFile(join(folder(), 'compose.yaml'), `# Only a comment\n${PRIVILEGED}`);
  expect(await isAllowed()).toBe(true);
  expect(await distrust(folder(), made.folder)).toBe(true);
  expect(await isAllowed()).toBe(false);
  expect(await distrust(folder(), made.folder)).toBe(false);
});

test('what was allowed one project is not allowed its copy', async () => {
  const { asks, model } = await read();
  await trust(folder(), asks, model, made.folder);
  await mkdir(join(made.folder, 'copy'));
  await writeFile(join(made.folder, 'copy', 'compose.yaml'), PRIVILEGED);
  expect(
    (await readDemoFolder({ folder: join(made.folder, 'copy'), name: 'a', cwd: made.folder }))?.demo,
  ).toBeUndefined();
});

test('a project can allow itself nothing: what a broken or foreign answer says is nothing', async () => {
  await mkdir(join(made.folder, 'config', 'deckhand'), { recursive: true });
  for (const text of ['{', '[]', '{"format":1,"projects":[{"folder":"*"}]}']) {
    await writeFile(join(made.folder, 'config', 'deckhand', 'trust.json'), text);
    expect(await isAllowed()).toBe(false);
  }
});
