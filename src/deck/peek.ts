import type { Compilation } from './compilation.ts';

/**
 * What `read` answers, without a trace of it: ids, examples, notes and references that it met are as unknown as before. For a
 * construct that looks ahead, and leaves what it has seen to another one. It copies what is known: not for every line.
 */
export function peek<T>(cx: Compilation, read: () => T): T {
  const { ids, headingKeys, notes, examples, references, meta, macros, exampleCount, state } = cx;
  const [headings, diagnostics] = [cx.headings.length, cx.diagnostics.length];
  cx.ids = new Map(ids);
  cx.headingKeys = new Map(headingKeys);
  cx.notes = new Map(notes);
  cx.examples = new Map(examples);
  cx.references = new Map(references);
  cx.meta = { ...meta };
  cx.macros = macros.copy();
  cx.state = { ...state };
  try {
    return read();
  } finally {
    Object.assign(cx, { ids, headingKeys, notes, examples, references, meta, macros, exampleCount, state });
    cx.headings.length = headings;
    cx.diagnostics.length = diagnostics;
  }
}
