/** Every short form as its long one, and what is left out as Compose fills it in. Source: compose-spec, 05-services.md. */
import { ComposeError, toName } from './problem.ts';
import { readMount } from './mount.ts';
import { readPort } from './port.ts';
import {
  toList,
  forPaths,
  asText,
  entries,
  firstFit,
  isMapping,
  own,
  rewrite,
  toMapping,
  type Mapping,
  type Tree,
  type TreePath,
} from './tree.ts';

type Change = (value: Tree, path: TreePath) => Tree;

const FORMS = new Map<string, Change>([
  ['services.*.env_file', (value) => toList(value).map(toEnvFile)],
  ...forPaths<Change>(
    toList,
    'services.*.label_file services.*.dns services.*.develop.watch.*.ignore services.*.develop.watch.*.include',
  ),
  ['services.*.gpus', (value) => (typeof value === 'string' ? [{ count: 'all' }] : value)],
  ...forPaths(toKeys, 'services.*.networks services.*.models'),
  ['services.*.volumes.*', toMount],
  ['services.*.devices.*', toDevice],
  ...forPaths(toSource, 'services.*.secrets.* services.*.configs.* services.*.build.secrets.*'),
  ...forPaths(asText, 'services.*.build.provenance services.*.build.sbom'),
  ['services.*.build.additional_contexts', toPairs],
  ['services.*.build.ssh', toSsh],
  ['services.*.depends_on', toDependsOn],
  ['services.*.ports', toPorts],
  ...forPaths(toExternal, 'volumes.* networks.* secrets.* configs.*'),
]);

/** The model in long forms. Throws a `ComposeError` for the first short form that is none. */
export function toCanonical(model: Mapping): Mapping {
  const change = (value: Tree, path: TreePath): Tree | undefined => {
    if (path.length === 3 && path[0] === 'services' && path[2] === 'build' && typeof value === 'string')
      return { context: value };
    return firstFit(path, FORMS)?.(value, path);
  };
  return withoutEmptyDns(rewrite(model, change) as Mapping);
}

function withoutEmptyDns(model: Mapping): Mapping {
  const change = (value: Tree, path: TreePath) =>
    firstFit(path, DNS) === true && Array.isArray(value)
      ? value.filter((one) => one !== '' && one !== null)
      : undefined;
  return rewrite(model, change) as Mapping;
}
const DNS = new Map([['services.*.dns', true]]);

function toEnvFile(value: Tree): Tree {
  if (typeof value === 'string') return { path: value, required: true };
  return isMapping(value) ? { required: true, ...value } : value;
}

function toKeys(value: Tree): Tree {
  return Array.isArray(value) ? toMapping(value.map((key) => [asText(key), null] as const)) : value;
}

function toMount(value: Tree, path: TreePath): Tree {
  if (typeof value !== 'string') return value;
  const mount = readMount(value);
  if (mount !== undefined) return mount;
  throw bad(path, value, 'a mount such as ./data:/data:ro, or models:/models');
}

function toDevice(value: Tree, path: TreePath): Tree {
  if (typeof value !== 'string') return value;
  const [source = '', target = source, permissions = 'rwm', ...more] = value.split(':');
  if (more.length > 0) throw bad(path, value, 'a device such as /dev/ttyUSB0:/dev/ttyUSB0:rwm');
  return { source, target: target === '' ? source : target, permissions };
}

function toSource(value: Tree): Tree {
  return typeof value === 'string' ? { source: value } : value;
}

function toPairs(value: Tree, path: TreePath): Tree {
  if (!Array.isArray(value)) return value;
  return toMapping(
    value.map((item) => {
      const text = asText(item);
      const at = text.indexOf('=');
      if (at === -1) throw bad(path, text, 'name=place');
      return [text.slice(0, at), text.slice(at + 1)] as const;
    }),
  );
}

function toSsh(value: Tree, path: TreePath): Tree {
  if (!Array.isArray(value)) return value;
  return toMapping(
    value.map((item) => {
      const text = asText(item);
      const at = text.indexOf('=');
      if (at === -1 && text !== 'default') throw bad(path, text, 'default, or name=key file');
      return at === -1 ? ([text, null] as const) : ([text.slice(0, at), text.slice(at + 1)] as const);
    }),
  );
}

function toDependsOn(value: Tree): Tree {
  const defaults: Mapping = { condition: 'service_started', required: true };
  if (Array.isArray(value)) return toMapping(value.map((name) => [asText(name), defaults] as const));
  return toMapping(
    entries(value).map(([name, item]) => [name, { ...defaults, ...(isMapping(item) ? item : {}) }]),
  );
}

function toPorts(value: Tree, path: TreePath): Tree {
  return toList(value).flatMap((item, i): Tree[] => {
    if (isMapping(item)) return [item];
    const ports = readPort(asText(item));
    if (ports === undefined)
      throw bad([...path, i], item, 'a port such as "8000", "8080:80" or "127.0.0.1:8080:80/udp"');
    return ports;
  });
}

/** `external: {name: x}` is an old form. */
function toExternal(value: Tree, _path: TreePath): Tree {
  const external = own(value, 'external');
  if (!isMapping(value) || !isMapping(external)) return value;
  const name = own(external, 'name');
  return {
    ...value,
    external: true,
    ...(name === undefined || own(value, 'name') !== undefined ? {} : { name }),
  };
}

function bad(path: TreePath, value: Tree, expected: string): ComposeError {
  const message = `${toName(path)} can't be ${JSON.stringify(value)}.`;
  return new ComposeError([{ code: 'bad-value', message, hint: `Expected ${expected}.`, path }]);
}

/** What a service leaves out, filled in. */
export function withDefaults(model: Mapping): Mapping {
  const change = (value: Tree, path: TreePath): Tree | undefined => firstFit(path, DEFAULTS)?.(value, path);
  return rewrite(model, change) as Mapping;
}

const DEFAULTS = new Map<string, Change>([
  ['services.*.build', (value) => (isMapping(value) ? { context: '.', ...value } : value)],
  [
    'services.*.secrets.*',
    (value) =>
      isMapping(value) ? { target: `/run/secrets/${asText(own(value, 'source'))}`, ...value } : value,
  ],
  [
    'services.*.ports.*',
    (value) => (isMapping(value) ? { protocol: 'tcp', mode: 'ingress', ...value } : value),
  ],
  ['services.*.gpus.*', withAll],
  ['services.*.deploy.resources.reservations.devices.*', withAll],
  ['services.*.volumes.*.bind', (value) => (isMapping(value) ? { create_host_path: true, ...value } : value)],
]);

function withAll(value: Tree): Tree {
  if (!isMapping(value) || own(value, 'count') !== undefined || own(value, 'device_ids') !== undefined)
    return value;
  return { ...value, count: 'all' };
}
