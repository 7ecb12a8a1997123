/** Puts an override file's tree over a base: each kind of key by its own rule. Source: compose-spec, 13-merge.md. */
import { ComposeError, toName } from './problem.ts';
import { readMount } from './mount.ts';
import {
  forPaths,
  asText,
  entries,
  firstFit,
  isMapping,
  isSame,
  own,
  rewrite,
  toMapping,
  type Mapping,
  type Tree,
  type TreePath,
} from './tree.ts';

type Merger = (base: Tree, over: Tree, path: TreePath) => Tree;

const RULES = new Map<string, Merger>([
  ...forPaths(mergePairs, 'networks.*.labels volumes.*.labels secrets.*.labels configs.*.labels'),
  ...forPaths(
    mergePairs,
    'services.*.annotations services.*.build.args services.*.build.additional_contexts',
  ),
  ...forPaths(
    mergePairs,
    'services.*.build.labels services.*.environment services.*.labels services.*.sysctls',
  ),
  ...forPaths(mergePairs, 'services.*.deploy.labels services.*.volumes.*.volume.labels'),
  ...forPaths(
    mergeLists,
    'services.*.build.extra_hosts services.*.dns services.*.dns_opt services.*.dns_search',
  ),
  ...forPaths(
    mergeLists,
    'services.*.env_file services.*.label_file services.*.extra_hosts services.*.tmpfs',
  ),
  ...forPaths<Merger>(
    (_base, over) => over,
    'services.*.command services.*.entrypoint services.*.healthcheck.test',
  ),
  ['services.*.build', mergeBuild],
  ['services.*.depends_on', (base, over, path) => mergeAsMaps(base, over, path, DEPENDS)],
  ...forPaths<Merger>(
    (base, over, path) => mergeAsMaps(base, over, path),
    'services.*.networks services.*.models',
  ),
  ['services.*.logging', mergeLogging],
  [
    'services.*.ulimits.*',
    (base, over, path) => (isMapping(base) && isMapping(over) ? mergeMaps(base, over, path) : over),
  ],
  ['networks.*.ipam.config', mergeSubnets],
]);

const DEPENDS: Mapping = { condition: 'service_started', required: true };

/** `over` put over `base`; neither is changed. Throws a `ComposeError` where they don't go together. */
export function merge(base: Tree, over: Tree, path: TreePath = []): Tree {
  const rule = firstFit(path, RULES);
  if (rule !== undefined) return rule(base, over, path);
  if (over === null) return base;
  if (isMapping(base)) return mergeMaps(base, toMap(over, path), path);
  if (Array.isArray(base)) {
    if (!Array.isArray(over)) throw cannot(path, 'a list');
    return withoutRepeats(base, over);
  }
  return over;
}

export function mergeMaps(base: Mapping, over: Mapping, path: TreePath): Mapping {
  const merged = new Map(entries(base));
  for (const [key, value] of entries(over)) {
    const before = merged.get(key);
    merged.set(key, before === undefined ? value : merge(before, value, [...path, key]));
  }
  return toMapping(merged);
}

function withoutRepeats(base: readonly Tree[], over: readonly Tree[]): Tree[] {
  const merged = [...base];
  for (const item of over) if (!merged.some((one) => isSame(one, item))) merged.push(item);
  return merged;
}

function mergeLists(base: Tree, over: Tree): Tree {
  return withoutRepeats(toList(base), toList(over));
}

function mergePairs(base: Tree, over: Tree): Tree {
  return unique([...toList(base), ...toList(over)], keyOfPair);
}

/** Maps become `KEY=value`, sorted. */
function toList(value: Tree): Tree[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return [value];
  return entries(value)
    .flatMap(([key, item]) => {
      if (item === null) return [key];
      return (Array.isArray(item) ? item : [item]).map((one) => `${key}=${asText(one)}`);
    })
    .toSorted((a, b) => (a < b ? -1 : Number(a > b)));
}

function mergeBuild(base: Tree, over: Tree, path: TreePath): Tree {
  const toBuild = (value: Tree) => (typeof value === 'string' ? { context: value } : toMap(value, path));
  return mergeMaps(toBuild(base), toBuild(over), path);
}

function mergeAsMaps(base: Tree, over: Tree, path: TreePath, withValue: Tree = null): Tree {
  const toMaps = (value: Tree): Mapping => {
    if (value === null) return {};
    if (typeof value === 'string') return { [value]: withValue };
    if (!Array.isArray(value)) return toMap(value, path);
    return toMapping(value.map((key) => [asText(key), withValue] as const));
  };
  return mergeMaps(toMaps(base), toMaps(over), path);
}

/** Options of a log driver mean nothing to another one. */
function mergeLogging(base: Tree, over: Tree, path: TreePath): Tree {
  const [a, b] = [toMap(base, path), toMap(over, path)];
  const isOther =
    own(a, 'driver') !== undefined && own(b, 'driver') !== undefined && own(a, 'driver') !== own(b, 'driver');
  return isOther ? b : mergeMaps(a, b, path);
}

function mergeSubnets(base: Tree, over: Tree, path: TreePath): Tree {
  const merged: Mapping[] = (Array.isArray(base) ? base : []).map((one) => toMap(one, path));
  for (const one of Array.isArray(over) ? over : []) {
    const config = toMap(one, path);
    const at = merged.findIndex((before) => own(before, 'subnet') === own(config, 'subnet'));
    const before = merged[at];
    if (before === undefined) merged.push(config);
    else merged[at] = mergeMaps(before, config, path);
  }
  return merged;
}

function toMap(value: Tree, path: TreePath): Mapping {
  if (isMapping(value)) return value;
  throw cannot(path, 'a map');
}

function cannot(path: TreePath, kind: string): ComposeError {
  const message = `${toName(path)} can't be overridden: it is ${kind} in one file and something else in another.`;
  return new ComposeError([{ code: 'bad-merge', message, hint: 'Write it the same way in both.', path }]);
}

const UNIQUE = new Map<string, (item: Tree) => string>([
  ...forPaths(
    keyOfPair,
    'networks.*.labels networks.*.ipam.options services.*.annotations services.*.build.args',
  ),
  ...forPaths(
    keyOfPair,
    'services.*.build.additional_contexts services.*.build.tags services.*.build.labels',
  ),
  ...forPaths(
    keyOfPair,
    'services.*.cap_add services.*.cap_drop services.*.deploy.labels services.*.dns services.*.dns_opt',
  ),
  ...forPaths(
    keyOfPair,
    'services.*.dns_search services.*.environment services.*.labels services.*.links services.*.profiles',
  ),
  ...forPaths(
    keyOfPair,
    'services.*.networks.*.aliases services.*.networks.*.link_local_ips services.*.sysctls services.*.tmpfs',
  ),
  ...forPaths(asText, 'services.*.expose'),
  ['services.*.configs', (item) => keyOfFile(item, '')],
  ['services.*.secrets', (item) => keyOfFile(item, '/run/secrets')],
  ['services.*.ports', keyOfPort],
  ['services.*.volumes', (item) => asText(own(typeof item === 'string' ? readMount(item) : item, 'target'))],
  [
    'services.*.devices',
    (item) => (typeof item === 'string' ? (item.split(':')[1] ?? item) : asText(own(item, 'target'))),
  ],
  ['services.*.env_file', (item) => (typeof item === 'string' ? item : asText(own(item, 'path')))],
]);

/** Of list items with the same key the last one counts, at the place of the first. */
export function withoutRedefinitions(model: Mapping): Mapping {
  const change = (value: Tree, path: TreePath): Tree | undefined => {
    if (!Array.isArray(value)) return undefined;
    const keyOf = firstFit(path, UNIQUE);
    return keyOf === undefined ? value : unique(value, keyOf);
  };
  return rewrite(model, change) as Mapping;
}

function unique(items: readonly Tree[], keyOf: (item: Tree) => string): Tree[] {
  const byKey = new Map<string, Tree>();
  for (const item of items) byKey.set(keyOf(item), item);
  return [...byKey.values()];
}

function keyOfPair(item: Tree): string {
  return asText(item).split('=', 1)[0] ?? '';
}

function keyOfFile(item: Tree, folder: string): string {
  if (typeof item === 'string') return `${folder}/${item}`;
  return asText(own(item, 'target') ?? `${folder}/${asText(own(item, 'source'))}`);
}

function keyOfPort(item: Tree): string {
  if (!isMapping(item)) return asText(item);
  const { host_ip = '0.0.0.0', published, target, protocol = 'tcp' } = item;
  return `${asText(host_ip)}:${asText(published)}:${asText(target)}/${asText(protocol)}`;
}
