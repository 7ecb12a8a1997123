import type { Reading } from './compilation.ts';
import type { Diagnostic } from './deck.ts';

/** More than this and the first ones are what matters. */
const MAX_DIAGNOSTICS = 1000;

/** Notes a diagnostic, once: a place that is read twice while a construct is tried is still one problem. */
export function report(cx: Reading, diagnostic: Diagnostic): void {
  if (cx.diagnostics.length >= MAX_DIAGNOSTICS) return;
  const known = cx.diagnostics.some(
    (other) =>
      other.code === diagnostic.code && other.line === diagnostic.line && other.column === diagnostic.column,
  );
  if (!known) cx.diagnostics.push(diagnostic);
}
