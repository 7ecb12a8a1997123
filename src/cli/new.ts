import { cp, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_THEME, THEMES } from '../deck/themes.ts';
import { UserError } from '../demo/user-error.ts';
import { WRITERS } from '../talk/writers.ts';

/** A talk to begin from: beside `dist/`, as the package has it. */
const TEMPLATE = fileURLToPath(new URL('../../templates/talk', import.meta.url));

export interface NewFlags {
  folder: string;
  theme?: string;
}

/** Writes a talk to begin from into a folder that is new or empty. Throws a `UserError` if it is neither. */
export async function runNew({ folder, theme = DEFAULT_THEME }: NewFlags): Promise<void> {
  if (!Object.hasOwn(THEMES, theme)) {
    const hint = `Take one of ${Object.keys(THEMES).join(', ')}.`;
    throw new UserError('unknown-theme', `There is no theme "${theme}".`, hint);
  }
  const target = resolve(folder);
  await checkEmpty(target, folder);
  await cp(TEMPLATE, target, { recursive: true });
  // npm leaves files of that name out of a package.
  await rename(join(target, 'gitignore'), join(target, '.gitignore'));
  const deck = join(target, 'talk.md');
  await writeFile(deck, (await readFile(deck, 'utf8')).replace('theme: THEME', `theme: ${theme}`));
  const names = join(target, 'package.json');
  await writeFile(names, (await readFile(names, 'utf8')).replace('"my-talk"', `"${toPackageName(target)}"`));
  const shown = relative(process.cwd(), target) || '.';
  WRITERS.stdout(`A talk to begin from is in ${shown}. Present it:\n\n`);
  if (shown !== '.') WRITERS.stdout(`  cd ${shown}\n`);
  WRITERS.stdout('  deckhand talk.md\n\nSave talk.md, and the slides change in place.\n');
}

async function checkEmpty(target: string, folder: string): Promise<void> {
  const found = await stat(target).catch(() => undefined);
  if (found === undefined) return;
  // A repository that was just made is as good as empty.
  const names = found.isDirectory() ? (await readdir(target)).filter((name) => name !== '.git') : [folder];
  if (names.length === 0) return;
  const problem = found.isDirectory() ? `${folder} has files in it.` : `${folder} is a file.`;
  throw new UserError('not-empty', problem, 'Name a new folder: deckhand new my-talk');
}

/** What npm takes for a name: https://docs.npmjs.com/cli/configuring-npm/package-json#name */
function toPackageName(target: string): string {
  const name = basename(target)
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '');
  return name === '' ? 'my-talk' : name.slice(0, 200);
}
