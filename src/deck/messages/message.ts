import type { Diagnostic } from '../deck.ts';
import type { Position } from '../text/source.ts';

/** The two kinds of messages: errors and doubts. */

export type Place = Position & { length?: number };

export function error(code: string, place: Place, message: string, hint: string): Diagnostic {
  return diagnostic('error', code, place, message, hint);
}

export function warning(code: string, place: Place, message: string, hint: string): Diagnostic {
  return diagnostic('warning', code, place, message, hint);
}

function diagnostic(
  severity: Diagnostic['severity'],
  code: string,
  place: Place,
  message: string,
  hint: string,
): Diagnostic {
  const { line, column, length } = place;
  return {
    severity,
    code,
    message: printable(message),
    hint: printable(hint),
    line,
    column,
    ...(length === undefined ? {} : { length }),
  };
}

/** A deck's own words in a message, without what would steer a terminal: control characters, and those that turn text around. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
