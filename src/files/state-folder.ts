import { homedir } from 'node:os';
import { join } from 'node:path';

/** What Deckhand keeps of this account, for itself. https://specifications.freedesktop.org/basedir-spec/latest/ */
export function stateFolder(environment = process.env): string {
  const { XDG_STATE_HOME: state, LOCALAPPDATA: windows } = environment;
  if (process.platform === 'win32' && windows !== undefined) return join(windows, 'deckhand');
  return join(state === undefined || state === '' ? join(homedir(), '.local/state') : state, 'deckhand');
}
