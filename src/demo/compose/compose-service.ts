import { dependencies } from './compose-checks.ts';
import type { RawCompose, RawService } from './compose-schema.ts';
import { type Build, type Healthcheck, LIMITS, type Service } from '../demo.ts';

/** A service with every default filled in. */
export function toService(name: string, raw: RawService): Service {
  return {
    name,
    build: raw.build === undefined ? undefined : toBuild(raw.build),
    image: raw.image,
    command: raw.command,
    entrypoint: raw.entrypoint,
    user: raw.user,
    workingDir: raw.working_dir,
    healthcheck: raw.healthcheck === undefined ? undefined : toHealthcheck(raw.healthcheck),
    environment: raw.environment ?? {},
    ports: raw.ports ?? [],
    mounts: raw.volumes ?? [],
    tmpfs: raw.tmpfs ?? {},
    dependsOn: dependencies(raw).map(([service, condition]) => ({ service, condition })),
    init: raw.init ?? false,
    readOnly: raw.read_only ?? false,
    capAdd: raw.cap_add ?? [],
    memoryBytes: raw.mem_limit ?? LIMITS.memoryBytes,
    cpus: raw.cpus ?? LIMITS.cpus,
    pids: raw.pids_limit ?? LIMITS.pids,
    stopGraceMs: raw.stop_grace_period ?? LIMITS.stopGraceMs,
  };
}

function toBuild(raw: NonNullable<RawService['build']>): Build {
  if (typeof raw === 'string') return { context: raw, dockerfile: 'Dockerfile', args: {} };
  const { context = '.', dockerfile = 'Dockerfile', args = {}, target } = raw;
  return { context, dockerfile, args, target };
}

function toHealthcheck(raw: NonNullable<RawService['healthcheck']>): Healthcheck {
  if (raw.disable === true) return { test: ['NONE'] };
  // Only times, and the test that the image brings: the engine takes an empty list so.
  const test = typeof raw.test === 'string' ? ['CMD-SHELL', raw.test] : (raw.test ?? []);
  return {
    test,
    intervalMs: raw.interval,
    timeoutMs: raw.timeout,
    startPeriodMs: raw.start_period,
    startIntervalMs: raw.start_interval,
    retries: raw.retries,
  };
}

/** Services in an order in which they can be started, or the names of those that wait for each other in a circle. */
export function sortServices(raw: RawCompose): { order: string[] } | { circle: string[] } {
  const order: string[] = [];
  const open: string[] = [];
  const visit = (name: string): string[] | undefined => {
    if (order.includes(name)) return undefined;
    if (open.includes(name)) return [...open.slice(open.indexOf(name)), name];
    open.push(name);
    for (const [other] of dependencies(raw.services[name])) {
      const circle = visit(other);
      if (circle !== undefined) return circle;
    }
    open.pop();
    order.push(name);
    return undefined;
  };
  for (const name of Object.keys(raw.services)) {
    const circle = visit(name);
    if (circle !== undefined) return { circle };
  }
  return { order };
}
