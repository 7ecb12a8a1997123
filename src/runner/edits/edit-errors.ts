import { UserError } from '../../demo/user-error.ts';
import type { RunContext } from '../run-context.ts';

export function notEditable({ demo }: RunContext, file: string): UserError {
  const files = (demo.edit ?? []).join(', ');
  const hint = files === '' ? 'Name it in x-demo.edit.' : `Files that may be edited: ${files}.`;
  return new UserError('not-editable', `${file} can't be edited on a slide.`, hint);
}

export function unknownEdit({ demo }: RunContext, name: string): UserError {
  const names = (demo.edits ?? []).map((one) => one.name).join(', ');
  const hint = names === '' ? 'Add it to x-demo.edits.' : `Its edits: ${names}.`;
  return new UserError('unknown-edit', `${demo.name} has no prepared edit "${name}".`, hint);
}

export function doesNotApply(name: string, file: string): UserError {
  const message = `The edit "${name}" doesn't fit ${file} as it is now.`;
  return new UserError(
    'bad-patch',
    message,
    'It was played before, or the file was changed by hand. Reset brings it back.',
  );
}

export function gone(file: string): UserError {
  return new UserError('no-file', `${file} isn't there, or is larger than 256 kB.`, 'Correct x-demo.edit.');
}

export function changedMeanwhile(file: string): UserError {
  const message = `${file} was changed in the demo's own folder meanwhile.`;
  return new UserError(
    'changed-meanwhile',
    message,
    'Nothing was written. Take over what you want by hand, then press Reset.',
  );
}
