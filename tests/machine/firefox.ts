import { canInstall, distribution, ensurePackages } from './packages.ts';
import { type Log, which } from './shell.ts';

const NAMES = ['firefox-esr', 'firefox'];

/** The second browser for the tests: the system's, else Debian's. Ubuntu's package asks for snap, which containers lack. */
export async function prepareFirefox(log: Log): Promise<string | undefined> {
  const found = await which(...NAMES);
  if (found !== undefined) return found;
  if (!(await canInstall()) || (await distribution()) !== 'debian') return undefined;
  await ensurePackages(['firefox-esr'], log);
  return which(...NAMES);
}
