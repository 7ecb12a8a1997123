import { posix } from 'node:path';
import type { Mapping } from './tree.ts';

const PROPAGATIONS = ['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'];

/** A mount's short form, `./data:/data:ro`, as its long form; undefined when it is none. Source: compose-go, format/volume.go. */
export function readMount(text: string): Mapping | undefined {
  if (text.length > 0 && text.length < 3) return { type: 'volume', target: text };
  const parts = splitAtColons(text);
  if (parts.length > 3 || parts.some((part) => part === '')) return undefined;
  const [first = '', target, options = ''] = parts;
  if (target === undefined) return first === '' ? undefined : toLong('', first, []);
  return toLong(first, target, options.split(','));
}

function toLong(source: string, target: string, options: readonly string[]): Mapping {
  const isBind = /^(?:[./~]|\\\\|\p{L}:)/u.test(source);
  const selinux = options.findLast((option) => option === 'z' || option === 'Z');
  const propagation = options.findLast((option) => PROPAGATIONS.includes(option));
  const access = options.findLast((option) => option === 'ro' || option === 'rw');
  const bind: Mapping = {
    ...(isBind ? { create_host_path: true } : {}),
    ...(propagation === undefined ? {} : { propagation }),
    ...(selinux === undefined ? {} : { selinux }),
  };
  const hasBind = Object.keys(bind).length > 0;
  const volume: Mapping = options.includes('nocopy') ? { nocopy: true } : {};
  return {
    type: isBind ? 'bind' : 'volume',
    ...(source === '' ? {} : { source }),
    target: posix.normalize(target).replace(/(?<=.)\/$/u, ''),
    ...(access === 'ro' ? { read_only: true } : {}),
    ...(hasBind ? { bind } : {}),
    ...(isBind && !options.includes('nocopy') ? {} : { volume }),
  };
}

/** At colons, but for that of a drive: `C:\data`. */
function splitAtColons(text: string): string[] {
  const parts = text.split(':');
  const joined: string[] = [];
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i] ?? '';
    if (/^\p{L}$/u.test(part) && i + 1 < parts.length) {
      joined.push(`${part}:${parts[i + 1] ?? ''}`);
      i += 1;
    } else joined.push(part);
  }
  return joined;
}
