import { cp, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_THEME, isTheme, THEME_NAMES } from '../deck/themes.ts';
import { UserError } from '../demo/user-error.ts';
import { toWriteProblem } from '../files/whole-file.ts';
import { WRITERS } from '../talk/writers.ts';
import { readSource, takeOver, toSource } from './take-over.ts';

/** A talk to begin from: beside `dist/`, as the package has it. */
const TEMPLATE = fileURLToPath(new URL('../../templates/talk', import.meta.url));

export interface NewFlags {
  folder: string;
  theme?: string;
  /** A deck to begin with: its path, or a tool's name and its path. */
  from?: readonly string[];
}

/** Writes a talk to begin from into a folder that is new or empty. Throws a `UserError` if it is neither. */
export async function runNew({ folder, theme: wanted, from }: NewFlags): Promise<void> {
  if (from !== undefined && wanted !== undefined) throw twoLooks();
  const theme = wanted ?? DEFAULT_THEME;
  if (!isTheme(theme))
    throw new UserError('unknown-theme', `There is no theme "${theme}".`, `Take one of ${THEME_NAMES}.`);
  const source = from === undefined ? undefined : toSource(from);
  const text = source === undefined ? '' : await readSource(source);
  const target = resolve(folder);
  let told: string[] = [];
  await checkEmpty(target, folder);
  try {
    await copyTemplate(target, theme);
    if (source !== undefined) told = await takeOver(source, text, target);
  } catch (cause) {
    throw toWriteProblem(folder, cause);
  }
  const shown = relative(process.cwd(), target);
  const made =
    source === undefined ? 'A talk to begin from is ready' : `${source.file} is a talk now: talk.md`;
  WRITERS.stdout(`${told.map((line) => `${line}\n`).join('')}${made}. Present it:\n\n`);
  if (shown !== '') WRITERS.stdout(`  cd ${/^[\w./-]+$/.test(shown) ? shown : `"${shown}"`}\n`);
  WRITERS.stdout('  npm start\n\nSave talk.md, and the slides change in place.\n');
}

function twoLooks(): UserError {
  const message = '--theme is for a talk from scratch: with --from the deck itself says how it looks.';
  return new UserError('bad-from', message, 'Leave --theme out, and write theme: into talk.md then.');
}

async function copyTemplate(target: string, theme: string): Promise<void> {
  await cp(TEMPLATE, target, { recursive: true });
  // npm leaves files of that name out of a package.
  await rename(join(target, 'gitignore'), join(target, '.gitignore'));
  const fill = async (name: string, placeholder: string, value: string) => {
    const file = join(target, name);
    await writeFile(file, (await readFile(file, 'utf8')).replace(placeholder, value));
  };
  await fill('talk.md', 'theme: THEME', `theme: ${theme}`);
  await fill('package.json', '"my-talk"', `"${toPackageName(target)}"`);
}

async function checkEmpty(target: string, folder: string): Promise<void> {
  const found = await stat(target).catch(() => undefined);
  if (found === undefined) return;
  const hint = 'Name a new folder: deckhand new my-talk';
  if (!found.isDirectory()) throw new UserError('not-empty', `${folder} is a file.`, hint);
  // A repository that was just made is as good as empty.
  const names = (await readdir(target)).filter((name) => name !== '.git');
  if (names.length > 0) throw new UserError('not-empty', `${folder} has files in it.`, hint);
}

/** What npm takes for a name: https://docs.npmjs.com/cli/configuring-npm/package-json#name */
function toPackageName(target: string): string {
  const name = basename(target)
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '');
  return name === '' ? 'my-talk' : name.slice(0, 200);
}
