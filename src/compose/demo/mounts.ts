import type { Mount } from '../../demo/service.ts';
import { parseBytes } from '../../demo/quantities.ts';
import { toList, asText, own, type Tree, type TreePath } from '../model/tree.ts';
import type { ServiceReader } from './service-reader.ts';
import { at, toInside, toText, toTexts } from './values.ts';

/** Files that say what time it is here, and nothing more. */
const HARMLESS = new Set(['/etc/localtime', '/etc/timezone']);
const ENGINE_SOCKET = /(?:docker|podman|containerd)[^/]*\.sock|^\/(?:var\/)?run\/?$/u;

export function mounts(r: ServiceReader): Mount[] {
  const mounts = toList(r.get('volumes')).flatMap((mount, i) => toMounts(r, mount, ['volumes', i]));
  return [...mounts, ...sourceMounts(r, 'secrets'), ...sourceMounts(r, 'configs')];
}

function toMounts(r: ServiceReader, mount: Tree, path: TreePath): Mount[] {
  const target = asText(own(mount, 'target'));
  const readOnly = own(mount, 'read_only') === true;
  const source = toText(own(mount, 'source'));
  switch (own(mount, 'type')) {
    case 'volume':
      return [
        { type: 'volume', target, readOnly, ...(source === undefined || source === '' ? {} : { source }) },
      ];
    case 'bind':
      return bind(r, source ?? '', { target, readOnly }, path);
    case 'tmpfs':
      return [];
    default:
      r.refuse(
        path,
        `mounts of the kind "${asText(own(mount, 'type'))}" can't be made here`,
        'Mount a folder, a volume or a tmpfs.',
      );
      return [];
  }
}

function bind(
  r: ServiceReader,
  source: string,
  rest: { target: string; readOnly: boolean },
  path: TreePath,
): Mount[] {
  if (ENGINE_SOCKET.test(source)) {
    r.ask(
      path,
      `"${r.name}" drives this machine's container engine: whoever has ${source} has the whole machine`,
    );
    return [{ type: 'bind', source, ...rest, isOutside: true }];
  }
  const inner = toInside(r.parts.folder, source);
  if (inner !== undefined) return [{ type: 'bind', source: inner, ...rest }];
  const isHarmless = HARMLESS.has(source) && rest.readOnly;
  const how = rest.readOnly ? 'reads' : 'reads and writes';
  if (!isHarmless) r.ask(path, `"${r.name}" ${how} ${source}, which is outside the project`);
  return [{ type: 'bind', source, ...rest, isOutside: true }];
}

/** Secrets and configs: files are mounted, texts are put into the container before it starts. */
function sourceMounts(r: ServiceReader, kind: 'secrets' | 'configs'): Mount[] {
  return toList(r.get(kind)).flatMap((one, i): Mount[] => {
    const name = asText(own(one, 'source'));
    const source = at(r.parts.model, kind, name);
    const target = toText(own(one, 'target')) ?? (kind === 'configs' ? `/${name}` : `/run/secrets/${name}`);
    const absolute = target.startsWith('/') ? target : `/run/secrets/${target}`;
    const file = toText(own(source, 'file'));
    if (file !== undefined) return bind(r, file, { target: absolute, readOnly: true }, [kind, i]);
    const text = toText(own(source, 'content')) ?? r.parts.lookup(toText(own(source, 'environment')) ?? '');
    if (text !== undefined) r.files.push({ target: absolute, text, mode: Number(own(one, 'mode') ?? 0o444) });
    else
      r.refuse(
        [kind, i],
        `"${name}" has no value here`,
        `Set its variable in .env, or let it come from a file.`,
      );
    return [];
  });
}

export function tmpfs(r: ServiceReader): Record<string, string> {
  const written = toTexts(r.get('tmpfs')).map((text): [string, string] => {
    const colon = text.indexOf(':');
    return colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  });
  const mounted = toList(r.get('volumes')).flatMap((mount): [string, string][] => {
    if (own(mount, 'type') !== 'tmpfs') return [];
    const size = at(mount, 'tmpfs', 'size');
    const mode = at(mount, 'tmpfs', 'mode');
    const options = [
      ...(size === undefined ? [] : [`size=${parseBytes(asText(size)) ?? 0}`]),
      ...(mode === undefined ? [] : [`mode=${Number(mode).toString(8)}`]),
    ];
    return [[asText(own(mount, 'target')), options.join(',')]];
  });
  return Object.fromEntries([...written, ...mounted]);
}
