import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import type { Check } from '../../stage/preflight.ts';

const GIGABYTE = 1e9;
const LEAST_DISK = 5 * GIGABYTE;
const LEAST_DISK_AT_ALL = 0.5 * GIGABYTE;
const LEAST_MEMORY = 1 * GIGABYTE;
/** Percent. */
const LEAST_BATTERY = 30;

function inGigabytes(bytes: number): string {
  return `${(bytes / GIGABYTE).toFixed(1)} GB`;
}

export async function checkDisk(folder: string): Promise<Check> {
  const { bavail, bsize } = await statfs(folder);
  return toDiskCheck('disk', bavail * bsize);
}

export function toDiskCheck(name: string, free: number): Check {
  const what = `${inGigabytes(free)} free`;
  if (free >= LEAST_DISK) return { name, state: 'green', what, next: '' };
  const next = 'Make room, with `docker system prune` for example: images and builds need a few gigabytes.';
  return { name, state: free < LEAST_DISK_AT_ALL ? 'red' : 'amber', what, next };
}

/** Memory that could be had, which is more than what nobody uses: the system gives up its caches. */
export async function checkMemory(): Promise<Check> {
  const { mem } = await import('systeminformation');
  const { available, total } = await mem();
  const what = `${inGigabytes(available)} of ${inGigabytes(total)} to be had`;
  if (available >= LEAST_MEMORY) return { name: 'memory', state: 'green', what, next: '' };
  return { name: 'memory', state: 'amber', what, next: 'Close what the talk does not need.' };
}

export async function checkBattery(): Promise<Check> {
  const { battery } = await import('systeminformation');
  const { hasBattery, acConnected, percent } = await battery();
  return toBatteryCheck(hasBattery, acConnected, Math.round(percent));
}

export function toBatteryCheck(hasBattery: boolean, isOnMains: boolean, percent: number): Check {
  const name = 'battery';
  if (!hasBattery) return { name, state: 'green', what: 'none: on mains', next: '' };
  if (isOnMains) return { name, state: 'green', what: `on mains, ${percent} %`, next: '' };
  const what = `${percent} %, not on mains`;
  const next = 'Plug in the charger: builds are slower on battery, too.';
  return { name, state: percent < LEAST_BATTERY ? 'red' : 'amber', what, next };
}

/** Whether the deck's port is free; a Deckhand that is there already is fine. */
export async function checkPort(port: number): Promise<Check> {
  const name = 'port';
  const taken = (await isTaken(port, '127.0.0.1')) || (await isTaken(port, '::1'));
  if (!taken) return { name, state: 'green', what: `${port} is free`, next: '' };
  const answer = await fetch(`http://localhost:${port}/api/health`, { signal: AbortSignal.timeout(2000) })
    .then(async (response) => (await response.json()) as { type?: string })
    .catch((): { type?: string } => ({}));
  // It says no more to who has not come by its link.
  if (answer.type?.startsWith('urn:deckhand:') === true)
    return { name, state: 'green', what: `Deckhand presents at ${port} already`, next: '' };
  const next = `Stop the program that uses it, or present at another: --port ${port + 1}`;
  return { name, state: 'red', what: `${port} is taken by another program`, next };
}

async function isTaken(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // A machine without IPv6 has nobody at ::1.
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE'));
    server.listen(port, host, () => server.close(() => resolve(false)));
  });
}

/** Whether this machine says that its clock is set by a time server; undefined when it says nothing. */
export async function isClockSynchronised(signal: AbortSignal): Promise<boolean | undefined> {
  if (process.platform !== 'linux') return undefined;
  const show = ['show', '--property=NTPSynchronized', '--value'];
  const { stdout } = await promisify(execFile)('timedatectl', show, { signal }).catch(() => ({ stdout: '' }));
  return stdout.trim() === '' ? undefined : stdout.trim() === 'yes';
}
