import { merge } from './merge.ts';
import { ComposeError, type ModelProblem } from './problem.ts';
import { asText, entries, isMapping, own, toMapping, type Mapping, type Tree } from './tree.ts';

/** Reads the services of another file; `from` names it, relative to the file it stands in. */
export type ReadBase = (file: string, from: string) => Promise<{ services: Mapping; path: string }>;

/** The file's services with all that they extend below them. Throws a `ComposeError` for a cycle or a base that isn't there. */
export async function applyExtends(data: Mapping, path: string, read: ReadBase): Promise<Mapping> {
  const services = own(data, 'services');
  if (!isMapping(services)) return data;
  const resolved: [string, Tree][] = [];
  for (const [name] of entries(services))
    resolved.push([name, await resolve({ services, path }, name, read, [])]);
  return { ...data, services: toMapping(resolved) };
}

interface Base {
  services: Mapping;
  path: string;
}

async function resolve(base: Base, name: string, read: ReadBase, chain: readonly string[]): Promise<Tree> {
  const service = own(base.services, name) ?? null;
  const extended = own(service, 'extends');
  if (!isMapping(service) || extended === undefined || extended === null) return service;
  const here = `${base.path} ${name}`;
  if (chain.includes(here)) throw cycle([...chain.slice(chain.indexOf(here)), here], name);
  const ref = asText(isMapping(extended) ? own(extended, 'service') : extended);
  const file = own(extended, 'file');
  const from = typeof file === 'string' ? await read(file, base.path) : base;
  if (own(from.services, ref) === undefined) {
    const where = typeof file === 'string' ? ` in ${file}` : '';
    throw new ComposeError([
      problem(name, `"${name}" extends "${ref}", and there is no such service${where}`),
    ]);
  }
  const below = await resolve(from, ref, read, [...chain, here]);
  const { extends: _done, ...itself } = service;
  return below === null ? itself : merge(below, itself, ['services', name]);
}

function cycle(chain: readonly string[], name: string): ComposeError {
  const names = chain.map((one) => one.slice(one.lastIndexOf(' ') + 1));
  return new ComposeError([problem(name, `Services extend each other in a circle: ${names.join(' → ')}`)]);
}

function problem(name: string, message: string): ModelProblem {
  const hint = 'Extend a service that exists, and that extends nothing of this one.';
  return { code: 'bad-extends', message: `${message}.`, hint, path: ['services', name, 'extends'] };
}
