import type { MoreSettings } from '../../demo/service.ts';
import { parseBytes } from '../../demo/quantities.ts';
import { toList, asText, entries, isMapping, own, type Tree, type TreePath } from '../model/tree.ts';
import type { ServiceReader } from './service-reader.ts';
import { at, isSaid, toRecord, toText, toTexts } from './values.ts';

/** Settings of a container's own namespaces. Source: docker run, "Configure namespaced kernel parameters". */
const OWN_SYSCTL = /^(?:net\.|kernel\.(?:msg|shm)|kernel\.sem$|fs\.mqueue\.)/u;

export function more(r: ServiceReader): MoreSettings {
  const texts = {
    hostname: toText(r.get('hostname')),
    domainname: toText(r.get('domainname')),
    stopSignal: toText(r.get('stop_signal')),
  };
  const lists = {
    extraHosts: toHosts(r.get('extra_hosts')),
    dns: toTexts(r.get('dns')),
    dnsSearch: toTexts(r.get('dns_search')),
    dnsOptions: toTexts(r.get('dns_opt')),
    groupAdd: toTexts(r.get('group_add')),
    ulimits: ulimits(r),
    devices: devices(r),
    gpus: gpus(r),
    publish: publish(r),
    securityOptions: securityOptions(r),
  };
  const records = { labels: toRecord(r.get('labels')), sysctls: sysctls(r) };
  const shm = r.get('shm_size');
  const settings = {
    ...texts,
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
    ...Object.fromEntries(Object.entries(records).filter(([, record]) => Object.keys(record).length > 0)),
    tty: r.get('tty') === true ? true : undefined,
    stdinOpen: r.get('stdin_open') === true ? true : undefined,
    shmBytes: shm === undefined ? undefined : parseBytes(asText(shm)),
    ...dangerous(r),
  };
  noteIgnored(r);
  return toSettings(settings);
}

function dangerous(r: ServiceReader): MoreSettings {
  const who = `"${r.name}"`;
  if (r.get('privileged') === true)
    r.ask(['privileged'], `${who} can do anything on this machine (privileged)`);
  const shared = {
    pid: 'sees every process of this machine',
    ipc: "shares this machine's memory areas",
    uts: "shares this machine's name",
    userns_mode: 'keeps the real user ids of this machine',
    cgroup: 'sees the limits of everything on this machine',
  };
  for (const [key, what] of Object.entries(shared))
    if (r.get(key) === 'host') r.ask([key], `${who} ${what} (${key}: host)`);
  for (const key of ['pid', 'ipc'])
    if (/^(?:container|service):/u.test(asText(r.get(key) ?? '')))
      r.refuse([key], 'sharing it between containers is not possible here', 'Take it out.');
  refuseUnsupported(r);
  const host = (key: string) => (r.get(key) === 'host' ? 'host' : undefined);
  return {
    ...(r.get('privileged') === true ? { privileged: true } : {}),
    ...toSettings({
      pidMode: host('pid'),
      ipcMode: host('ipc'),
      utsMode: host('uts'),
      usernsMode: host('userns_mode'),
      cgroupMode: host('cgroup'),
    }),
  };
}

const OUTSIDE =
  'device_cgroup_rules cgroup_parent runtime credential_spec use_api_socket volumes_from external_links'.split(
    ' ',
  );

/** What can't be given to a demo, with leave or without. */
function refuseUnsupported(r: ServiceReader): void {
  for (const key of OUTSIDE)
    if (isSaid(r.get(key)))
      r.refuse([key], "it reaches outside the project, and can't be done here", 'Take it out.');
  const other = 'Take it out, or give the service an image.';
  for (const key of ['provider', 'models'])
    if (isSaid(r.get(key))) r.refuse([key], 'only Docker Compose itself can start it', other);
}

/** Said once: a stage has no use for it. */
function noteIgnored(r: ServiceReader): void {
  const who = `"${r.name}"`;
  if (isSaid(r.get('pre_start'))) r.parts.notes.add(`${who} starts without its pre_start hooks.`);
  if (isSaid(r.get('platform')))
    r.parts.notes.add(`${who} runs on this machine's own platform, not on ${asText(r.get('platform'))}.`);
}

function ulimits(r: ServiceReader): NonNullable<MoreSettings['ulimits']> {
  return entries(r.get('ulimits')).map(([name, limit]) => ({
    name,
    soft: Number(isMapping(limit) ? own(limit, 'soft') : limit),
    hard: Number(isMapping(limit) ? own(limit, 'hard') : limit),
  }));
}

/** `x-demo.ports: as-written`: other programs of this machine, and others on its network, find the services where they always are. */
function publish(r: ServiceReader): NonNullable<MoreSettings['publish']> {
  if (!r.parts.takesPorts) return [];
  return toList(r.get('ports')).flatMap((port, i) => {
    const hostPort = Number(own(port, 'published'));
    if (!Number.isInteger(hostPort) || hostPort <= 0) return [];
    const hostIp = asText(own(port, 'host_ip') ?? '');
    const where = hostIp === '' ? 'every address of this machine' : hostIp;
    r.ask(['ports', i], `"${r.name}" takes port ${hostPort} on ${where}`);
    const protocol = own(port, 'protocol') === 'udp' ? 'udp' : 'tcp';
    return [{ target: Number(own(port, 'target')), protocol, hostPort, hostIp }];
  });
}

function devices(r: ServiceReader): NonNullable<MoreSettings['devices']> {
  return toList(r.get('devices')).map((device, i) => {
    const source = asText(own(device, 'source'));
    r.ask(['devices', i], `"${r.name}" uses the device ${source}`);
    return {
      source,
      target: asText(own(device, 'target')),
      permissions: asText(own(device, 'permissions') ?? 'rwm'),
    };
  });
}

/** `gpus:` is short for devices that are reserved. A driver of the engine's host hands them out. */
function gpus(r: ServiceReader): NonNullable<MoreSettings['gpus']> {
  const reserved = ['deploy', 'resources', 'reservations', 'devices'] as const;
  const given: [TreePath, Tree][] = [
    ...toList(r.get('gpus')).map((one, i): [TreePath, Tree] => [['gpus', i], one]),
    ...toList(at(r.raw, ...reserved)).map((one, i): [TreePath, Tree] => [[...reserved, i], one]),
  ];
  return given.map(([path, device]) => {
    const capabilities = toTexts(own(device, 'capabilities'));
    const ids = toTexts(own(device, 'device_ids'));
    const count = own(device, 'count') ?? (ids.length > 0 ? 0 : 'all');
    const kind = path[0] === 'gpus' || capabilities.includes('gpu') ? 'graphics cards' : 'devices';
    const which = ids.length > 0 ? ` ${ids.join(', ')}` : '';
    r.ask(path, `"${r.name}" uses this machine's ${kind}${which}`);
    return {
      driver: asText(own(device, 'driver') ?? ''),
      count: count === 'all' ? -1 : Number(count),
      ids,
      capabilities: capabilities.length > 0 ? capabilities : ['gpu'],
      options: toRecord(own(device, 'options')),
    };
  });
}

function securityOptions(r: ServiceReader): string[] {
  return toTexts(r.get('security_opt')).flatMap((option, i) => {
    if (/^no-new-privileges(?:[:=]true)?$/u.test(option)) return [];
    r.ask(['security_opt', i], `"${r.name}" runs with other limits than the engine's own (${option})`);
    return [option];
  });
}

function sysctls(r: ServiceReader): Record<string, string> {
  const sysctls = toRecord(r.get('sysctls'));
  for (const key of Object.keys(sysctls))
    if (!OWN_SYSCTL.test(key))
      r.refuse(
        ['sysctls', key],
        'it is a setting of the whole machine, not of a container',
        'Set it on the machine itself.',
      );
  return sysctls;
}

/** `name:address`, of a list with : or =, or of a map. */
function toHosts(value: Tree | undefined): string[] {
  if (isMapping(value))
    return entries(value).flatMap(([name, addresses]) =>
      toTexts(addresses).map((address) => `${name}:${address}`),
    );
  return toTexts(value).map((host) => host.replace(/^(?<name>[^:=]+)=/u, '$<name>:'));
}

function toSettings(settings: { [K in keyof MoreSettings]: MoreSettings[K] | undefined }): MoreSettings {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as MoreSettings;
}
