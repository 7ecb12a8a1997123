import { merge } from './merge.ts';
import { entries, isMapping, own, toMapping, type Mapping, type Tree } from './tree.ts';

/** `x-develop` is what `develop` was called before it was in the specification. */
export function promoteAliases(data: Mapping): Mapping {
  const services = own(data, 'services');
  if (!isMapping(services)) return data;
  const promoted = entries(services).map(([name, service]): [string, Tree] => {
    const develop = own(service, 'x-develop');
    if (!isMapping(service) || develop === undefined) return [name, service];
    const { 'x-develop': _old, ...rest } = service;
    const now = own(service, 'develop');
    return [
      name,
      {
        ...rest,
        develop: now === undefined ? develop : merge(develop, now, ['services', name, 'develop']),
      },
    ];
  });
  return { ...data, services: toMapping(promoted) };
}
