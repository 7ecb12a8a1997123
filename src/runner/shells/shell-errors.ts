import { UserError } from '../../demo/user-error.ts';
import type { RunContext } from '../run-context.ts';

export function notOpen(): UserError {
  return new UserError('no-shell', 'The shell is not open.', 'Click into it.');
}

export function elsewhere(): UserError {
  return new UserError(
    'keyboard-elsewhere',
    'Another screen has the keyboard.',
    'Click into the shell to take it.',
  );
}

export function nothingTyped(): UserError {
  return new UserError('nothing-typed', 'No command is typed.', 'Type one first: steps="type:NAME run".');
}

export function tooMuch(): UserError {
  return new UserError(
    'too-much',
    'The program in the shell takes no more input.',
    'Wait, or press Ctrl+C in it.',
  );
}

export function unknownCommand({ demo }: RunContext, name: string): UserError {
  const names = (demo.commands ?? []).map((one) => one.name).join(', ');
  const hint = names === '' ? 'Add it to x-demo.commands.' : `Its commands: ${names}.`;
  return new UserError('unknown-command', `${demo.name} has no command "${name}".`, hint);
}

export function stillRuns(): UserError {
  return new UserError(
    'still-runs',
    'Another command still runs in the shell.',
    'Wait until it has ended, or press Ctrl+C in it.',
  );
}
