import { writeFile } from 'node:fs/promises';
import { spliceBetween } from '../../demo/run/splice.ts';
import { findInside, readInside } from '../../files/open-inside.ts';
import type { RunContext } from '../run-context.ts';
import { changedMeanwhile, gone, notEditable } from './edit-errors.ts';

/** A file that is shown on a slide is shorter. */
const MAX_BYTES = 256 * 1024;

interface EditedFile {
  /** As it is in the author's own folder, so far as this run knows. */
  opened: string;
  /** As every screen shows it. */
  text: string;
  /** As it runs. */
  saved: string;
}

/** The files of a run that may be edited. What changes is told as events; only what is saved is written, into the working copy. */
export class EditedFiles {
  readonly #context: RunContext;
  /** The author's own folder: the run's is a copy by the time that files are opened. */
  readonly #original: string;
  readonly #files = new Map<string, EditedFile>();

  constructor(context: RunContext) {
    this.#context = context;
    this.#original = context.folder;
  }

  async open(): Promise<void> {
    for (const file of this.#context.demo.edit ?? []) {
      const text = await read(this.#context.folder, file);
      if (text === undefined) throw gone(file);
      this.#files.set(file, { opened: text, text, saved: text });
      this.#context.emit({ type: 'file', file, text });
    }
  }

  textOf(file: string): string {
    return this.#find(file).text;
  }

  change(file: string, text: string, isSaved = false): void {
    const known = this.#find(file);
    const splice = spliceBetween(known.text, text);
    known.text = text;
    if (splice === undefined && !isSaved) return;
    const saved = isSaved ? ({ isSaved: true } as const) : {};
    this.#context.emit({ type: 'edit', file, ...(splice ?? { from: 0, remove: 0, insert: '' }), ...saved });
  }

  async save(file: string, text: string): Promise<void> {
    const known = this.#find(file);
    const found = await findInside(this.#context.folder, file);
    if (found === undefined) throw gone(file);
    await writeFile(found.path, text);
    known.saved = text;
    this.change(file, text, true);
  }

  /** Puts what was saved into the author's own folder, unless that has changed. Returns which files were written. */
  async keep(): Promise<string[]> {
    const kept: string[] = [];
    for (const [file, known] of this.#files) {
      const { opened, saved } = known;
      const own = await read(this.#original, file);
      if (own === saved) continue;
      const found = await findInside(this.#original, file);
      if (own !== opened || found === undefined) throw changedMeanwhile(file);
      await writeFile(found.path, saved);
      known.opened = saved;
      kept.push(file);
    }
    return kept;
  }

  #find(file: string): EditedFile {
    const known = this.#files.get(file);
    if (known === undefined) throw notEditable(this.#context, file);
    return known;
  }
}

async function read(folder: string, file: string): Promise<string | undefined> {
  return (await readInside(folder, file, MAX_BYTES))?.toString('utf8');
}
