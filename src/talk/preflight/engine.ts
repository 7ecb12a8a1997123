import { statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { FoundEngine } from '../../engine/find-engine.ts';
import type { Engine } from '../../engine/engine.ts';
import { askFreeSpace } from '../../runner/free-space.ts';
import type { Check } from '../../stage/preflight.ts';
import { isClockSynchronised, toDiskCheck } from './machine.ts';

/** A clock that is off by more makes certificates and package lists look wrong. */
const MAX_DRIFT_MS = 2000;

export function checkEngine(found: FoundEngine): Check {
  const name = 'engine';
  if (found.engine !== undefined) return { name, state: 'green', what: found.why, next: '' };
  return { name, state: 'red', what: found.problem.message, next: found.problem.hint };
}

/** The disk that images and builds go to: this machine's, or the one of the engine's virtual machine. */
export async function checkEngineDisk(
  engine: Engine,
  images: readonly string[],
  signal: AbortSignal,
): Promise<Check> {
  const name = 'engine disk';
  const free = (await readFolder(engine, signal)) ?? (await askFreeSpace(engine, images, signal));
  if (free !== undefined) return toDiskCheck(name, free);
  const what = 'on another machine, and none of the images there can tell';
  return { name, state: 'amber', what, next: 'Run a demo once, then look again.' };
}

/** Undefined when the engine runs elsewhere: in a virtual machine, or on another machine. */
async function readFolder(engine: Engine, signal: AbortSignal): Promise<number | undefined> {
  if (engine.facts.isRemote || engine.facts.hostName !== hostname()) return undefined;
  const { folder } = await engine.status(signal);
  const found = await statfs(folder).catch(() => undefined);
  return found === undefined ? undefined : found.bavail * found.bsize;
}

/** This machine's clock against its time server, and against the engine's: a virtual machine's stands still in sleep. */
export async function checkClock(engine: Engine | undefined, signal: AbortSignal): Promise<Check> {
  const [isSynchronised, drift] = await Promise.all([
    isClockSynchronised(signal),
    engine === undefined ? undefined : readDrift(engine, signal),
  ]);
  return toClockCheck(new Date(), isSynchronised, drift);
}

/** The engine's clock minus ours, in ms. */
async function readDrift(engine: Engine, signal: AbortSignal): Promise<number | undefined> {
  const before = Date.now();
  const { clock } = await engine.status(signal);
  // The engine reads its clock somewhere between the question and the answer.
  return clock === undefined ? undefined : clock - (before + Date.now()) / 2;
}

export function toClockCheck(
  now: Date,
  isSynchronised: boolean | undefined,
  drift: number | undefined,
): Check {
  const name = 'clock';
  const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(now);
  if (drift !== undefined && Math.abs(drift) > MAX_DRIFT_MS) {
    const seconds = Math.round(Math.abs(drift) / 1000);
    const what = `${time}; the engine's is ${seconds} s ${drift < 0 ? 'behind' : 'ahead'}`;
    const next = 'Restart the engine (its virtual machine slept): downloads in builds fail on a wrong clock.';
    return { name, state: 'amber', what, next };
  }
  const beside = drift === undefined ? '' : ", the engine's agrees";
  if (isSynchronised === false) {
    const next = 'If this time is wrong, turn on "Set time automatically".';
    return { name, state: 'amber', what: `${time}${beside}; not set by a time server`, next };
  }
  const source = isSynchronised === true ? ', set by a time server' : '';
  return { name, state: 'green', what: `${time}${source}${beside}`, next: '' };
}
