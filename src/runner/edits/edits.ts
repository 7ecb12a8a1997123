import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { applyPatch } from 'diff';
import { applySplice, spliceBetween } from '../../demo/run/splice.ts';
import { doesNotApply, unknownEdit } from './edit-errors.ts';
import { EditedFiles } from './edited-files.ts';
import type { Keeper } from '../containers/keep-running.ts';
import type { RunContext } from '../run-context.ts';
import { toUserError } from '../failure.ts';
import { reloadApp } from './reload-app.ts';

/** Files of a run that are edited on the slide. They are those of its working copy. */
export interface Edits {
  /** Tells what is in the files, before anything is built. */
  open(): Promise<void>;
  /** Changes a file for all screens; with `isSaved` the demo follows. Throws a `UserError` when that can't be. */
  change(file: string, text: string, isSaved: boolean): Promise<void>;
  /** Plays a prepared edit, line by line, and saves it. */
  play(name: string): Promise<void>;
  /** Puts the files as they are saved into the author's own folder. Returns which were written. */
  keep(): Promise<string[]>;
}

/** A line that changes is seen before the next one does. */
const LINE_MS = 350;
const LETTERS_MS = 45;

export function createEdits(context: RunContext, keeper: Keeper): Edits {
  const files = new EditedFiles(context);
  const save = async (file: string, text: string): Promise<void> => {
    await files.save(file, text);
    await follow(context, keeper, file);
  };
  return {
    open: async () => files.open(),
    change: async (file, text, isSaved) => (isSaved ? save(file, text) : files.change(file, text)),
    play: async (name) => {
      const edit = context.demo.edits?.find((one) => one.name === name);
      if (edit === undefined) throw unknownEdit(context, name);
      const before = files.textOf(edit.file);
      const after = applyPatch(before, edit.patch);
      if (after === false) throw doesNotApply(name, edit.file);
      for (const { text, isLine } of stepsBetween(before, after)) {
        // Ended in the middle: what was typed so far goes with the run.
        if (context.signal.aborted) return;
        files.change(edit.file, text);
        await delay(isLine ? LINE_MS : LETTERS_MS);
      }
      if (context.signal.aborted) return;
      await save(edit.file, after);
    },
    keep: async () => files.keep(),
  };
}

interface TypedStep {
  text: string;
  /** A line has just been finished. */
  isLine: boolean;
}

/** From one text to another as hands do it: what goes is taken out at once, what comes is typed a few letters at a time. */
function stepsBetween(before: string, after: string): TypedStep[] {
  const splice = spliceBetween(before, after);
  if (splice === undefined) return [];
  const { from, remove, insert } = splice;
  const steps: TypedStep[] = [{ text: applySplice(before, { from, remove, insert: '' }), isLine: true }];
  const size = Math.max(1, Math.ceil(insert.length / MAX_STEPS));
  for (let end = size; end < insert.length + size; end += size) {
    const typed = insert.slice(0, end);
    const isLine = typed.slice(-size).includes('\n');
    steps.push({ text: applySplice(before, { from, remove, insert: typed }), isLine });
  }
  return steps;
}

/** More would take too long to watch. */
const MAX_STEPS = 100;

/** What is saved reaches the containers by `develop.watch`, by a mount, or by building again. */
async function follow(context: RunContext, keeper: Keeper, file: string): Promise<void> {
  const { demo, made } = context;
  const covers = (folder: string) => folder === '.' || file === folder || file.startsWith(`${folder}/`);
  const isFollowed = demo.services.some(
    ({ watch = [], mounts }) =>
      watch.some((rule) => covers(path.posix.normalize(rule.path))) ||
      mounts.some((mount) => mount.type === 'bind' && covers(path.posix.normalize(mount.source))),
  );
  if (!isFollowed)
    for (const container of made.containers.filter(({ service }) => service.build !== undefined))
      await keeper.rebuild(container).catch((error: unknown) => {
        throw toUserError(error);
      });
  reloadApp(context);
}
