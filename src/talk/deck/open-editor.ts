import { basename } from 'node:path';
import launchEditor from 'launch-editor';
import { UserError } from '../../demo/user-error.ts';

/** They would draw over the terminal that Deckhand runs in. */
const IN_TERMINAL = new Set([
  'vi',
  'vim',
  'nvim',
  'nano',
  'pico',
  'micro',
  'hx',
  'helix',
  'kak',
  'joe',
  'ed',
]);

/**
 * Opens a file in the author's editor: the one that DECKHAND_EDITOR, VISUAL or EDITOR names, else one that runs. Throws a `UserError`
 * that names the place when that can't be done.
 */
export async function openEditor(
  file: string,
  line: number,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const editor = env['DECKHAND_EDITOR'] ?? env['VISUAL'] ?? env['EDITOR'];
  const place = `${file}:${line}`;
  const program = basename((editor ?? '').trim().split(/\s+/u)[0] ?? '');
  if (IN_TERMINAL.has(program)) {
    const message = `${program} needs a terminal of its own.`;
    throw new UserError('editor-in-terminal', message, `Open ${place} there.`);
  }
  await new Promise<void>((resolve, reject) => {
    launchEditor(`${place}:1`, editor, (_file: string, why: string | null) => {
      const message = `No editor could be opened${why === null || why === '' ? '' : `: ${why}`}.`;
      const hint = `Open ${place} yourself, or name your editor: DECKHAND_EDITOR=code`;
      reject(new UserError('no-editor', message, hint));
    });
    // It says only what went wrong, and at once.
    setTimeout(resolve, STARTED_MS);
  });
}

/** A program that isn't there is noticed within this. */
const STARTED_MS = 300;
