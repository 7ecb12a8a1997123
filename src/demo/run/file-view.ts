import type { RunEventBody } from './run-event.ts';
import { applySplice } from './splice.ts';

/** A file that can be edited on the slide. */
export interface FileView {
  text: string;
  /** As it was when the run began. */
  original: string;
  isSaved: boolean;
  /** What changed last, in its text. */
  changed?: { from: number; to: number };
}

/** The files after an event of one of them. */
export function withFile(
  before: ReadonlyMap<string, FileView>,
  event: Extract<RunEventBody, { type: 'file' | 'edit' }>,
): Map<string, FileView> {
  const files = new Map(before);
  if (event.type === 'file') {
    return files.set(event.file, { text: event.text, original: event.text, isSaved: true });
  }
  const { file, from, insert, isSaved = false } = event;
  const known = files.get(file);
  if (known === undefined) return files;
  const changed = insert === '' && event.remove === 0 ? known.changed : { from, to: from + insert.length };
  const text = applySplice(known.text, event);
  return files.set(file, { ...known, text, isSaved, ...(changed === undefined ? {} : { changed }) });
}
