import { readFile } from 'node:fs/promises';
import { type Log, run } from './shell.ts';

export type Distribution = 'debian' | 'ubuntu' | 'other';

/** Which distribution this is, by os-release(5). */
export async function distribution(): Promise<Distribution> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const id = /^ID=["']?([a-z]+)/mu.exec(text)?.[1];
  return id === 'debian' || id === 'ubuntu' ? id : 'other';
}

/** Whether this process may install packages here. */
export async function canInstall(): Promise<boolean> {
  return process.getuid?.() === 0 && (await distribution()) !== 'other';
}

async function isInstalled(name: string): Promise<boolean> {
  const status = await run('dpkg-query', ['-W', '-f', '${Status}', name]).catch(() => '');
  return status.includes('ok installed');
}

/** Installs the packages that are missing. Needs root on Debian or Ubuntu. */
export async function ensurePackages(names: string[], log: Log): Promise<void> {
  const missing: string[] = [];
  for (const name of names) if (!(await isInstalled(name))) missing.push(name);
  if (missing.length === 0) return;
  log(`installing ${missing.join(' ')} (apt-get)`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '-q', '--no-install-recommends', ...missing];
  // The lists first: a machine's image is often older than the archive, and its lists are often empty.
  await run('apt-get', ['update', '-q'], { env });
  await run('apt-get', install, { env });
}
