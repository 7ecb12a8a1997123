import type { Reading } from './compilation.ts';

/** What `read` answers, without a trace of it: for a construct that looks ahead, and leaves what it has seen to another one. */
export function peek<T>(cx: Reading, read: () => T): T {
  const { macros, state } = cx;
  const diagnostics = cx.diagnostics.length;
  cx.macros = macros.copy();
  cx.state = { ...state };
  try {
    return read();
  } finally {
    Object.assign(cx, { macros, state });
    cx.diagnostics.length = diagnostics;
  }
}
