import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { COMPOSE_FILES, OVERRIDE_FILES } from '../../../src/compose/read-project.ts';
import { activeServices, checkModel } from '../../../src/compose/model/check-model.ts';
import { loadModel } from '../../../src/compose/model/load-model.ts';
import { ComposeError } from '../../../src/compose/model/problem.ts';
import type { Tree } from '../../../src/compose/model/tree.ts';
import { makeFolder } from '../../engine/test-engine.ts';
import { lineProjects, PROJECTS, type Project } from './projects.ts';

const ORACLE = process.env['DECKHAND_TEST_COMPOSE_GO'];

/** Checks that the reference implementation makes only after its model: there, it has none to print. */
const LATER = new Set(['no-service']);

/** What the reference implementation makes of the project in a folder; undefined when it refuses it. */
async function theirs(folder: string): Promise<Tree | undefined> {
  try {
    const { stdout } = await promisify(execFile)(ORACLE ?? '', ['-format', 'json'], {
      cwd: folder,
      env: { HOME: '/home/me' },
    });
    return JSON.parse(stdout) as Tree;
  } catch {
    return undefined;
  }
}

async function ours(folder: string): Promise<Tree | undefined> {
  const isThere = (name: string) =>
    access(join(folder, name)).then(
      () => true,
      () => false,
    );
  const find = async (names: readonly string[]) => {
    for (const name of names) if (await isThere(name)) return [join(folder, name)];
    return [];
  };
  const composeFiles = [...(await find(COMPOSE_FILES)), ...(await find(OVERRIDE_FILES))];
  try {
    const { model, problems } = await loadModel({
      files: {
        read: (path) => readFile(path, 'utf8').catch(() => undefined),
        exists: isThere,
        isFile: isThere,
        show: (path) => path,
      },
      folder,
      home: '/home/me',
      composeFiles,
      environment: () => undefined,
    });
    const wrong = checkModel(model, activeServices(model, new Set())).filter(
      // What one of its own commands says, and its model doesn't.
      ({ code, path }) => !LATER.has(code) && ['secrets', 'configs', 'volumes'].includes(String(path[0])),
    );
    return wrong.length + problems.length === 0 ? model : undefined;
  } catch (error) {
    if (error instanceof ComposeError) return undefined;
    throw error;
  }
}

describe.skipIf(ORACLE === undefined)(
  'a Compose project is read as its reference implementation reads it:',
  () => {
    const projects: [string, Project][] = [...lineProjects(), ...Object.entries(PROJECTS)];
    test.each(projects)('%s', async (_title, files) => {
      await using made = await makeFolder(files);
      expect(await ours(made.folder)).toEqual(await theirs(made.folder));
    });
  },
);
