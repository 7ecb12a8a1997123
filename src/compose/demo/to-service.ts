/** A service of the normalised model as the runner takes it, and what it asks for beyond the default. */
import { LIMITS } from '../../demo/demo.ts';
import { type Healthcheck, type Service } from '../../demo/service.ts';
import { parseBytes, toSize } from '../../demo/quantities.ts';
import { toList, asText, entries, isMapping, own, type Tree, type TreePath } from '../model/tree.ts';
import { hooks } from './hooks.ts';
import { replicas, restart, watchRules } from './lifecycle.ts';
import { mounts, tmpfs } from './mounts.ts';
import { ServiceReader, type ServiceParts } from './service-reader.ts';
import { more } from './settings.ts';
import { toBuild } from './to-build.ts';
import { at, toPairs, toText, toTexts } from './values.ts';
import { words } from './words.ts';

/** What an official image's entrypoint needs to become its own user. */
const ENTRYPOINT_CAPABILITIES = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'];

/** What Docker gives a container that asks for nothing. Source: moby, oci/caps/defaults.go. */
const DEFAULT_CAPABILITIES = new Set(
  (
    'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID ' +
    'SYS_CHROOT'
  ).split(' '),
);

export function toService(name: string, raw: Tree, parts: ServiceParts): Service {
  const here: TreePath = ['services', name];
  const build = own(raw, 'build');
  const image = toText(own(raw, 'image'));
  const builds = isMapping(build) ? toBuild(build, here, name, parts) : undefined;
  const r = new ServiceReader(name, raw, parts);
  const mode = networkMode(r);
  const service: Service = {
    name,
    build: builds,
    image,
    command: words(r, ['command'], r.get('command')),
    entrypoint: words(r, ['entrypoint'], r.get('entrypoint')),
    user: toText(own(raw, 'user')),
    workingDir: toText(own(raw, 'working_dir')),
    healthcheck: healthcheck(r),
    environment: environment(r),
    ports: ports(r),
    mounts: mounts(r),
    tmpfs: tmpfs(r),
    dependsOn: dependsOn(r),
    init: own(raw, 'init') === true,
    readOnly: own(raw, 'read_only') === true,
    capAdd: capabilities(r, builds === undefined),
    memoryBytes: memory(r),
    cpus: Math.min(
      Number(own(raw, 'cpus') ?? at(raw, 'deploy', 'resources', 'limits', 'cpus') ?? LIMITS.cpus),
      LIMITS.maxCpus,
    ),
    pids: pids(r),
    stopGraceMs: grace(r),
    ...(mode === undefined ? networks(r) : { networkMode: mode }),
    ...restart(r),
    ...replicas(r),
    ...aliases(r),
    ...watchRules(r),
    ...hooks(r),
    ...(r.files.length === 0 ? {} : { files: r.files }),
  };
  const settings = more(r);
  return Object.keys(settings).length === 0 ? service : { ...service, more: settings };
}

/** Env files in their order, then what is written in the file itself. */
function environment(r: ServiceReader): Record<string, string> {
  const found = new Map<string, string>();
  for (const file of toList(r.get('env_file')))
    for (const [key, value] of r.parts.envFiles.get(asText(own(file, 'path'))) ?? []) found.set(key, value);
  for (const [key, value] of toPairs(r.get('environment'))) {
    if (value === null) r.parts.notes.add(`"${r.name}" gets no ${key}: it is not set in .env.`);
    else found.set(key, value);
  }
  return Object.fromEntries(found);
}

/** Container ports; which host port each gets is the engine's choice, on 127.0.0.1. */
function ports(r: ServiceReader): number[] {
  const found = new Set<number>();
  for (const [i, port] of toList(r.get('ports')).entries()) {
    const target = Number(own(port, 'target'));
    const protocol = asText(own(port, 'protocol'));
    if (protocol !== 'tcp') {
      if (!r.parts.takesPorts) r.parts.notes.add(`"${r.name}" publishes no ${protocol} port.`);
    } else if (target >= 1 && target <= 65_535) found.add(target);
    else r.bad(['ports', i], own(port, 'target') ?? null, 'a port from 1 to 65535');
  }
  return [...found];
}

function dependsOn(r: ServiceReader): Service['dependsOn'] {
  return entries(r.get('depends_on')).map(([service, how]) => ({
    service,
    condition: (toText(own(how, 'condition')) ??
      'service_started') as Service['dependsOn'][number]['condition'],
  }));
}

function capabilities(r: ServiceReader, isImage: boolean): string[] {
  const toCapability = (one: Tree) => asText(one).toUpperCase().replace(/^CAP_/u, '');
  const dropped = new Set(toList(r.get('cap_drop')).map(toCapability));
  const added = toList(r.get('cap_add')).map(toCapability);
  for (const [i, one] of added.entries())
    if (!DEFAULT_CAPABILITIES.has(one))
      r.ask(['cap_add', i], `"${r.name}" may do more than containers can by default (${one})`);
  const standard = isImage && !dropped.has('ALL') ? ENTRYPOINT_CAPABILITIES : [];
  return [...new Set([...standard.filter((one) => !dropped.has(one)), ...added])];
}

function memory(r: ServiceReader): number {
  const value = r.get('mem_limit') ?? at(r.raw, 'deploy', 'resources', 'limits', 'memory');
  if (value === undefined || value === 0 || value === '0') return LIMITS.memoryBytes;
  const bytes = parseBytes(asText(value));
  if (bytes === undefined || bytes < 6 * 1024 ** 2) {
    r.bad(['mem_limit'], value, 'a size such as 512m, from 6m up');
    return LIMITS.memoryBytes;
  }
  if (bytes > LIMITS.maxMemoryBytes)
    r.ask(['mem_limit'], `"${r.name}" may use ${toSize(bytes)} of this machine's memory`);
  return bytes;
}

function pids(r: ServiceReader): number {
  const value = Number(
    r.get('pids_limit') ?? at(r.raw, 'deploy', 'resources', 'limits', 'pids') ?? LIMITS.pids,
  );
  return value <= 0 ? LIMITS.maxPids : Math.min(value, LIMITS.maxPids);
}

function grace(r: ServiceReader): number {
  const written = r.get('stop_grace_period');
  if (written === undefined) return LIMITS.stopGraceMs;
  const ms = r.duration(written, ['stop_grace_period']) ?? LIMITS.stopGraceMs;
  if (ms > LIMITS.maxStopGraceMs)
    r.parts.notes.add(
      `"${r.name}" gets ${LIMITS.maxStopGraceMs / 1000} s to stop: Reset and Ctrl+C wait for it.`,
    );
  return Math.min(ms, LIMITS.maxStopGraceMs);
}

function healthcheck(r: ServiceReader): Healthcheck | undefined {
  const raw = r.get('healthcheck');
  if (!isMapping(raw)) return undefined;
  if (own(raw, 'disable') === true) return { test: ['NONE'] };
  const test = own(raw, 'test');
  const time = (key: string) => {
    const value = own(raw, key);
    return value === undefined ? undefined : r.duration(value, ['healthcheck', key]);
  };
  return {
    // Only times, and the test that the image brings: the engine takes an empty list so.
    test: typeof test === 'string' ? ['CMD-SHELL', test] : toTexts(test),
    intervalMs: time('interval'),
    timeoutMs: time('timeout'),
    startPeriodMs: time('start_period'),
    startIntervalMs: time('start_interval'),
    retries: own(raw, 'retries') === undefined ? undefined : Number(own(raw, 'retries')),
  };
}

function networkMode(r: ServiceReader): Service['networkMode'] {
  const mode = toText(r.get('network_mode'));
  if (mode === undefined || mode === 'bridge' || mode === 'default') return undefined;
  if (mode === 'none') return 'none';
  if (mode.startsWith('service:')) return { service: mode.slice('service:'.length) };
  if (mode === 'host') {
    r.ask(
      ['network_mode'],
      `"${r.name}" is on this machine's own network: it reaches everything that listens here`,
    );
    return 'host';
  }
  r.refuse(
    ['network_mode'],
    `"${mode}" is the network of a container that is not the project's`,
    'Use networks:, or service: with a name.',
  );
  return undefined;
}

function networks(r: ServiceReader): Pick<Service, 'networks'> {
  const names = entries(r.get('networks'));
  const isDefault =
    names.length === 1 && names[0]?.[0] === 'default' && toTexts(own(names[0][1], 'aliases')).length === 0;
  if (names.length === 0 || isDefault) return {};
  return { networks: names.map(([name, how]) => ({ name, aliases: toTexts(own(how, 'aliases')) })) };
}

function aliases(r: ServiceReader): Pick<Service, 'aliases'> {
  const links = entries(own(r.parts.model, 'services')).flatMap(([, other]) =>
    toTexts(own(other, 'links')).flatMap((link) => {
      const [service, alias] = link.split(':');
      return service === r.name && alias !== undefined ? [alias] : [];
    }),
  );
  const container = toText(r.get('container_name'));
  const names = [...new Set([...(container === undefined ? [] : [container]), ...links])].filter(
    (one) => one !== r.name,
  );
  return names.length === 0 ? {} : { aliases: names };
}
