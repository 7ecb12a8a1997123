/** The last step: what follows from the rest of the model. Source: compose-go, loader/normalize.go. */
import { posix } from 'node:path';
import type { Lookup } from './template.ts';
import { asText, entries, isMapping, own, toMapping, type Mapping, type Tree } from './tree.ts';

/** The model with the default network, names of what the engine makes, and what services depend on without saying so. */
export function normalize(model: Mapping, name: string, lookup: Lookup): Mapping {
  const services = entries(own(model, 'services')).map(
    ([key, service]) => [key, isMapping(service) ? normalizeService(service, lookup) : service] as const,
  );
  const usesDefault = services.some(([, service]) => own(own(service, 'networks'), 'default') !== undefined);
  const networks = new Map(entries(own(model, 'networks')));
  if (usesDefault && !networks.has('default')) networks.set('default', null);
  const normal = new Map<string, Tree>([
    ...entries(model),
    ['name', name],
    ['services', toMapping(services)],
  ]);
  if (networks.size > 0) normal.set('networks', toMapping(networks));
  for (const kind of ['networks', 'volumes', 'configs', 'secrets']) {
    const resources = normal.get(kind);
    if (isMapping(resources)) normal.set(kind, toMapping(entries(resources).map((one) => named(one, name))));
  }
  return toMapping(normal);
}

function named([key, resource]: [string, Tree], project: string): [string, Tree] {
  const known = isMapping(resource) ? resource : {};
  if (own(known, 'name') !== undefined) return [key, known];
  return [key, { ...known, name: own(known, 'external') === true ? key : `${project}_${key}` }];
}

function normalizeService(service: Mapping, lookup: Lookup): Mapping {
  const normal = new Map(entries(service));
  const networks = normal.get('networks');
  const isAlone = normal.has('network_mode') || normal.has('provider');
  if (!isAlone && (networks === undefined || (isMapping(networks) && Object.keys(networks).length === 0)))
    normal.set('networks', { default: null });
  if (normal.get('pull_policy') === 'if_not_present') normal.set('pull_policy', 'missing');
  const build = normal.get('build');
  if (isMapping(build)) normal.set('build', normalizeBuild(build, lookup));
  if (normal.has('environment'))
    normal.set('environment', fromOutside(normal.get('environment') ?? null, lookup, true));
  const volumes = normal.get('volumes');
  if (Array.isArray(volumes)) normal.set('volumes', volumes.map(withCleanTarget));
  const dependsOn = new Map([...impliedBy(service), ...entries(own(service, 'depends_on'))]);
  if (dependsOn.size > 0) normal.set('depends_on', toMapping(dependsOn));
  return toMapping(normal);
}

function normalizeBuild(build: Mapping, lookup: Lookup): Mapping {
  const args = own(build, 'args');
  const hasFile = own(build, 'dockerfile') !== undefined || own(build, 'dockerfile_inline') !== undefined;
  return {
    ...build,
    ...(hasFile ? {} : { dockerfile: 'Dockerfile' }),
    ...(args === undefined ? {} : { args: fromOutside(args, lookup, false) }),
  };
}

function withCleanTarget(mount: Tree): Tree {
  const target = own(mount, 'target');
  if (!isMapping(mount) || typeof target !== 'string') return mount;
  return { ...mount, target: posix.normalize(target).replace(/(?<=.)\/$/u, '') };
}

/** A name without a value takes that of the environment. */
function fromOutside(value: Tree, lookup: Lookup, keepsUnset: boolean): Tree {
  if (Array.isArray(value)) {
    return value.flatMap((item): Tree[] => {
      if (typeof item !== 'string' || item.includes('=')) return [item];
      const found = lookup(item);
      if (found !== undefined) return [`${item}=${found}`];
      return keepsUnset ? [item] : [];
    });
  }
  if (!isMapping(value)) return value;
  return toMapping(
    entries(value).flatMap(([key, item]): [string, Tree][] => {
      const found = item ?? lookup(key);
      return found === undefined && !keepsUnset ? [] : [[key, found ?? null]];
    }),
  );
}

function impliedBy(service: Mapping): Map<string, Tree> {
  const implied = new Map<string, Tree>();
  const add = (name: string, restart: boolean) => {
    if (!implied.has(name)) implied.set(name, { condition: 'service_started', restart, required: true });
  };
  const links = own(service, 'links');
  for (const link of Array.isArray(links) ? links : []) add(asText(link).split(':', 1)[0] ?? '', true);
  for (const key of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup']) {
    const shared = own(service, key);
    if (typeof shared === 'string' && shared.startsWith('service:'))
      add(shared.slice('service:'.length), true);
  }
  const from = own(service, 'volumes_from');
  for (const one of Array.isArray(from) ? from : []) {
    const text = asText(one);
    if (!text.startsWith('container:')) add(text.split(':', 1)[0] ?? '', false);
  }
  return implied;
}
