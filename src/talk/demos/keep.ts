import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../demo/user-error.ts';
import { readInside } from '../../files/open-inside.ts';
import { makeRecordingFolder } from '../../runner/recorder/recording-folder.ts';
import { isShellCast } from '../../runner/recorder/shell-casts.ts';
import { LOCAL_RECORDING, RECORDING } from '../../runner/recorder/recording-folders.ts';
import { chooseRecording } from './chosen-recording.ts';
import { openCatalog } from './open-catalog.ts';
import { findDeck } from '../deck/deck-path.ts';

/** Makes the newest live run's recording the demo's own: of the demos that are named, or of all that have one. */
export async function runKeep(names: readonly string[], deck: string | undefined): Promise<void> {
  const path = await findDeck(deck, process.cwd());
  const { entries } = await openCatalog(path);
  const unknown = names.find((name) => !entries.some((entry) => entry.name === name));
  if (unknown !== undefined) {
    const hint = `There are: ${entries.map(({ name }) => name).join(', ')}.`;
    throw new UserError('no-demo', `There is no demo "${unknown}".`, hint);
  }
  const wanted = entries.filter(({ name }) => names.length === 0 || names.includes(name));
  for (const { name, folder } of wanted) {
    const isKept = await keepRecording(folder);
    process.stdout.write(
      isKept
        ? `${name}: kept as demos/${name}/${RECORDING}\n`
        : `${name}: no run here is newer than its recording\n`,
    );
  }
}

/** As `keepRecording`, for the speaker's pages: what goes wrong on disk is a `UserError`. */
export async function keepForSpeaker(demoFolder: string): Promise<boolean> {
  try {
    return await keepRecording(demoFolder);
  } catch (error) {
    const message = `Not kept: ${error instanceof Error ? error.message : String(error)}`;
    throw new UserError('not-kept', message, 'The recording before it stays, and so does the new one.');
  }
}

/** False when there is none, or the demo's own is the better one. */
export async function keepRecording(demoFolder: string): Promise<boolean> {
  const [from, to] = [join(demoFolder, LOCAL_RECORDING), join(demoFolder, RECORDING)];
  if ((await chooseRecording(demoFolder)).folder !== from) return false;
  await makeRecordingFolder(from);
  await makeRecordingFolder(to);
  const shells = (await readdir(from)).filter(isShellCast);
  for (const file of (await readdir(to)).filter(isShellCast)) await rm(join(to, file), { force: true });
  // The run last: what it names is there by then.
  for (const file of ['app.png', ...shells, 'run.cast']) {
    const bytes = await readInside(demoFolder, join(from, file));
    if (bytes === undefined) continue;
    const part = join(to, `${file}.part`);
    await rm(part, { force: true });
    await writeFile(part, bytes, { flush: true, flag: 'wx' });
    await rename(part, join(to, file));
    await rm(join(from, file));
  }
  // A run that goes on writes there.
  const left = (await readdir(from)).filter((name) => name !== '.gitignore');
  if (left.length === 0) await rm(from, { recursive: true });
  return true;
}
