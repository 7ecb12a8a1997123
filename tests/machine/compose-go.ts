import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Log, which } from './shell.ts';

const MODULE = 'github.com/compose-spec/compose-go/v2/cmd@v2.16.2';
const LONGEST_MS = 240_000;

/** The program of Compose's reference implementation that prints a project's normalised model; undefined where there is no Go to build it with. */
export async function prepareComposeGo(log: Log): Promise<string | undefined> {
  const folder = join(homedir(), '.cache', 'deckhand-tests', 'compose-go-2.16.2');
  const program = join(folder, 'cmd');
  if (
    await access(program).then(
      () => true,
      () => false,
    )
  )
    return program;
  const go =
    (await which('go')) ??
    ((await access('/usr/local/go/bin/go').then(
      () => true,
      () => false,
    ))
      ? '/usr/local/go/bin/go'
      : undefined);
  if (go === undefined) return undefined;
  log(`building the oracle for Compose files (go install ${MODULE})`);
  try {
    await promisify(execFile)(go, ['install', MODULE], {
      env: { ...process.env, GOBIN: folder },
      timeout: LONGEST_MS,
    });
    return program;
  } catch (error) {
    log(
      `it could not be built: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
    );
    return undefined;
  }
}
