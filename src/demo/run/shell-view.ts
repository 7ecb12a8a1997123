import type { RunEventBody } from './run-event.ts';
import { addText, type Transcript } from './transcript.ts';

/** One service's shell. */
export interface ShellView extends Transcript {
  columns: number;
  rows: number;
  isOver: boolean;
  /** The command that was typed into it last. */
  command?: { name: string; state: 'typing' | 'typed' | 'running' | 'done'; exitCode?: number; ms?: number };
}

/** More than a terminal scrolls back. */
const MAX_TEXT = 1_000_000;
/** A size that a recording may give a terminal. */
const MAX_LENGTH = 999;

/** The shells after an event of one of them. */
export function withShell(
  before: ReadonlyMap<string, ShellView>,
  event: Extract<RunEventBody, { type: 'shell' | 'command' }>,
): Map<string, ShellView> {
  const shells = new Map(before);
  const known = shells.get(event.service);
  if (event.type === 'command') {
    const { name, state, exitCode, ms } = event;
    const shell = known ?? emptyShell();
    // In place, as its transcript: a terminal follows the same shell.
    shell.command = {
      name,
      state,
      ...(exitCode === undefined ? {} : { exitCode }),
      ...(ms === undefined ? {} : { ms }),
    };
    shells.set(event.service, shell);
    return shells;
  }
  const { text, columns, rows, isOver = false } = event;
  // One that has ended and is opened again begins anew.
  const shell = known === undefined || (known.isOver && columns !== undefined) ? emptyShell() : known;
  shell.isOver = isOver;
  shell.columns = toLength(columns) ?? shell.columns;
  shell.rows = toLength(rows) ?? shell.rows;
  if (text !== '') addText(shell, text, MAX_TEXT);
  shells.set(event.service, shell);
  return shells;
}

function toLength(length: number | undefined): number | undefined {
  return length !== undefined && length >= 2 && length <= MAX_LENGTH ? Math.floor(length) : undefined;
}

function emptyShell(): ShellView {
  return { transcript: [], transcriptDropped: 0, transcriptSize: 0, columns: 80, rows: 24, isOver: false };
}
