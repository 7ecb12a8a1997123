import type { Diagnostic } from '../../deck/deck.ts';

/** Lines longer than this are cut around the place that is meant. */
const WIDEST = 100;

/**
 * One problem for a person: `file:line:column: severity: code: message`, the line it is in with a mark under it, and
 * what to write instead.
 */
export function diagnosticText(file: string, source: string, diagnostic: Diagnostic): string {
  const { line, column, severity, code, message, hint } = diagnostic;
  const head = `${diagnostic.file ?? file}:${line}:${column}: ${severity}: ${code}: ${message}\n`;
  const frame = diagnostic.file === undefined ? codeFrame(source, diagnostic) : '';
  return head + frame + (hint === undefined ? '' : `  hint: ${hint}\n`);
}

/** The line that is meant, with its number, and marks under the place; empty where there is no such line. */
export function codeFrame(source: string, { line, column, length = 1 }: Diagnostic): string {
  const text = source.split('\n', line)[line - 1]?.replaceAll('\t', '    ').trimEnd();
  if (text === undefined || text === '') return '';
  const from = Math.max(0, column - 1 - WIDEST / 2);
  const shown = text.slice(from, from + WIDEST);
  const at = column - 1 - from;
  const marks = '^'.repeat(Math.max(1, Math.min(length, shown.length - at)));
  const number = String(line);
  return `  ${number} | ${shown}\n  ${' '.repeat(number.length)} | ${' '.repeat(at)}${marks}\n`;
}

export function countText(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  const warnings = diagnostics.length - errors;
  return `${plural(errors, 'error')}, ${plural(warnings, 'warning')}`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
