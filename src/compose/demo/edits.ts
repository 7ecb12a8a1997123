/** Files that may be edited on a slide, and edits that are prepared for them. */
import { posix } from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import type { PreparedEdit } from '../../demo/demo.ts';
import { toName, type ModelProblem } from '../model/problem.ts';
import type { ProjectFiles } from '../model/project-files.ts';
import type { TreePath } from '../model/tree.ts';
import type { XDemo } from './x-demo.ts';

export interface ReadEdits {
  edits: PreparedEdit[];
  problems: ModelProblem[];
}

/** Reads the patches that `x-demo.edits` names, and tries each: one that doesn't fit is a mistake before the talk, not on the stage. */
export async function readEdits(
  files: ProjectFiles,
  folder: string,
  { edit = [], edits = {} }: XDemo,
  at: TreePath,
): Promise<ReadEdits> {
  const read: ReadEdits = { edits: [], problems: [] };
  const problem = (path: TreePath, code: string, why: string, hint: string): void => {
    const place = [...at, ...path];
    const isHarmless = code === 'bad-patch' ? ({ isHarmless: true } as const) : {};
    read.problems.push({ code, message: `${toName(place)}: ${why}.`, hint, path: place, ...isHarmless });
  };
  for (const [i, file] of edit.entries())
    if ((await files.read(posix.join(folder, file))) === undefined)
      problem(['edit', i], 'no-file', `there is no file ${file}`, "Name a file of the demo's folder.");
  for (const [name, patchFile] of Object.entries(edits)) {
    const patch = await files.read(posix.join(folder, patchFile));
    if (patch === undefined) {
      problem(['edits', name], 'no-file', `there is no file ${patchFile}`, 'Make it with: diff -u OLD NEW.');
      continue;
    }
    const file = targetOf(patch) ?? edit[0] ?? '';
    const before = edit.includes(file) ? await files.read(posix.join(folder, file)) : undefined;
    if (!edit.includes(file))
      problem(
        ['edits', name],
        'bad-patch',
        `${patchFile} changes ${file}, which is not in x-demo.edit`,
        'Name the file there.',
      );
    else if (before !== undefined) {
      const hunk = findMisfit(before, patch);
      if (hunk === undefined) read.edits.push({ name, file, patch });
      else
        problem(
          ['edits', name],
          'bad-patch',
          `${patchFile} doesn't fit ${file}: ${hunk}`,
          'Make it again from the file as it is now: diff -u OLD NEW.',
        );
    }
  }
  return read;
}

/** `+++ b/app.py` names app.py. */
function targetOf(patch: string): string | undefined {
  try {
    const name = parsePatch(patch)[0]?.newFileName;
    return name?.replace(/^b\//u, '');
  } catch {
    return undefined;
  }
}

/** Which hunk doesn't fit; undefined when all do. */
function findMisfit(text: string, patch: string): string | undefined {
  try {
    const [first, ...others] = parsePatch(patch);
    if (first === undefined || first.hunks.length === 0) return 'it has no hunk';
    if (others.length > 0) return 'it changes more than one file';
    for (const [i, hunk] of first.hunks.entries()) {
      const upToHere = { ...first, hunks: first.hunks.slice(0, i + 1) };
      if (applyPatch(text, upToHere) === false) return `hunk ${i + 1}, of its line ${hunk.oldStart}`;
    }
    return undefined;
  } catch (error) {
    return `it is no patch (${error instanceof Error ? error.message : String(error)})`;
  }
}
