/** What no single value tells: names that must exist elsewhere, and keys that exclude each other. Source: compose-go, loader/validate.go. */
import { toName, type ModelProblem } from './problem.ts';
import { toList, asText, entries, own, toMapping, type Mapping, type Tree, type TreePath } from './tree.ts';

/** The services that run: those without a profile, and those of a profile that is on. */
export function activeServices(model: Mapping, profiles: ReadonlySet<string>): Mapping {
  const isOn = (service: Tree) => {
    const wanted = own(service, 'profiles');
    return (
      !Array.isArray(wanted) ||
      wanted.length === 0 ||
      profiles.has('*') ||
      wanted.some((one) => profiles.has(asText(one)))
    );
  };
  return toMapping(entries(own(model, 'services')).filter(([, service]) => isOn(service)));
}

/** All that is wrong between the keys of a normalised model; `active` are the services that run. */
export function checkModel(model: Mapping, active: Mapping): ModelProblem[] {
  const names = Object.keys(active);
  if (names.length === 0) {
    const hint = 'Add one under services:, or name its profile in COMPOSE_PROFILES in .env.';
    return [
      { code: 'no-service', message: 'The project has no service that would run.', hint, path: ['services'] },
    ];
  }
  return [
    ...entries(active).flatMap(([name, service]) => checkService(model, active, name, service)),
    ...checkSources(model),
    ...checkCycle(active),
  ];
}

function checkService(model: Mapping, active: Mapping, name: string, service: Tree): ModelProblem[] {
  const at = (...keys: (string | number)[]): TreePath => ['services', name, ...keys];
  const has = (key: string) => own(service, key) !== undefined && own(service, key) !== null;
  const problems: ModelProblem[] = [];
  if (!has('build') && !has('image') && !has('provider'))
    problems.push(
      bad(at(), 'has neither build nor image', 'Add image: with a name, or build: with a folder.'),
    );
  if (has('network_mode') && has('networks'))
    problems.push(bad(at('network_mode'), "can't stand beside networks", 'Take one of the two out.'));
  for (const [network] of entries(own(service, 'networks')))
    problems.push(...known(model, 'networks', network, at('networks', network)));
  for (const [i, mount] of toList(own(service, 'volumes')).entries()) {
    const source = own(mount, 'source');
    if (own(mount, 'type') === 'volume' && typeof source === 'string' && source !== '')
      problems.push(...known(model, 'volumes', source, at('volumes', i)));
  }
  for (const kind of ['secrets', 'configs'])
    for (const [i, one] of toList(own(service, kind)).entries())
      problems.push(...known(model, kind, asText(own(one, 'source')), at(kind, i)));
  for (const [other, how] of entries(own(service, 'depends_on'))) {
    if (own(active, other) !== undefined || own(how, 'required') === false) continue;
    const exists = own(own(model, 'services'), other) !== undefined;
    const why = exists
      ? `needs "${other}", whose profile is off`
      : `needs "${other}", and there is no such service`;
    const hint = exists
      ? `Name the profile in COMPOSE_PROFILES in .env, or add required: false.`
      : 'Use a name under services:, or add that service.';
    problems.push(bad(at('depends_on', other), why, hint));
  }
  return [...problems, ...checkNumbers(service, at), ...checkTargets(service, at)];
}

type At = (...keys: (string | number)[]) => TreePath;

function checkNumbers(service: Tree, at: At): ModelProblem[] {
  const test = own(own(service, 'healthcheck'), 'test');
  const [first] = toList(test);
  const problems: ModelProblem[] = [];
  if (Array.isArray(test) && test.length > 0 && !['CMD', 'CMD-SHELL', 'NONE'].includes(asText(first)))
    problems.push(
      bad(
        at('healthcheck', 'test'),
        "can't begin like that",
        'Begin the list with CMD, CMD-SHELL or NONE, or write one text.',
      ),
    );
  const [scale, replicas] = [own(service, 'scale'), own(own(service, 'deploy'), 'replicas')];
  if (scale !== undefined && replicas !== undefined && scale !== replicas)
    problems.push(bad(at('scale'), "can't differ from deploy.replicas", 'Write only one of the two.'));
  const count = Number(scale ?? replicas ?? 1);
  if (count < 0) problems.push(bad(at('scale'), "can't be negative", 'Write 0 or more.'));
  if (count > 1 && own(service, 'container_name') !== undefined)
    problems.push(
      bad(at('container_name'), `can't name ${count} containers`, 'Take it out, or run one of them.'),
    );
  for (const [i, watch] of toList(own(own(service, 'develop'), 'watch')).entries())
    if (own(watch, 'target') === undefined && !['rebuild', 'restart'].includes(asText(own(watch, 'action'))))
      problems.push(
        bad(at('develop', 'watch', i), 'has no target', 'Add target: where the files go in the container.'),
      );
  return problems;
}

function checkTargets(service: Tree, at: At): ModelProblem[] {
  const seen = new Set(toList(own(service, 'tmpfs')).map((one) => asText(one).split(':', 1)[0]));
  return toList(own(service, 'volumes')).flatMap((mount, i) => {
    const target = asText(own(mount, 'target'));
    if (seen.has(target))
      return [
        bad(
          at('volumes', i),
          `mounts on ${target}, where something is mounted already`,
          'Take one of them out.',
        ),
      ];
    seen.add(target);
    return [];
  });
}

/** Secrets and configs come from one place each; what is external is nothing of ours. */
function checkSources(model: Mapping): ModelProblem[] {
  const sources = { secrets: ['file', 'environment'], configs: ['file', 'environment', 'content'] };
  const wrong = Object.entries(sources).flatMap(([kind, keys]) =>
    entries(own(model, kind)).flatMap(([name, one]) => {
      const given = keys.filter((key) => own(one, key) !== undefined);
      if (given.length > 1)
        return [bad([kind, name], `has ${given.join(' and ')}`, 'Keep only one of them.')];
      if (given.length > 0 || own(one, 'external') !== undefined || own(one, 'driver') !== undefined)
        return [];
      return [bad([kind, name], 'comes from nowhere', `Add ${keys.join(' or ')}.`)];
    }),
  );
  const external = entries(own(model, 'volumes')).flatMap(([name, one]) => {
    const extra = Object.keys(one ?? {}).find(
      (key) => !['name', 'external'].includes(key) && !key.startsWith('x-'),
    );
    return own(one, 'external') === true && extra !== undefined
      ? [bad(['volumes', name, extra], "can't be said of a volume that is external", 'Take it out.')]
      : [];
  });
  return [...wrong, ...external];
}

function checkCycle(active: Mapping): ModelProblem[] {
  const { cycle } = sortServices(active);
  if (cycle === undefined) return [];
  const path = ['services', cycle[0] ?? '', 'depends_on'];
  return [bad(path, `goes in a circle: ${cycle.join(' → ')}`, 'Take one of these dependencies out.')];
}

/** The services in an order in which they can start, or the names of those that wait for each other in a circle. */
export function sortServices(services: Mapping): { order: string[]; cycle?: string[] } {
  const order: string[] = [];
  const open: string[] = [];
  const visit = (name: string): string[] | undefined => {
    if (order.includes(name)) return undefined;
    if (open.includes(name)) return [...open.slice(open.indexOf(name)), name];
    open.push(name);
    for (const [other] of entries(own(own(services, name), 'depends_on'))) {
      if (own(services, other) === undefined) continue;
      const cycle = visit(other);
      if (cycle !== undefined) return cycle;
    }
    open.pop();
    order.push(name);
    return undefined;
  };
  for (const name of Object.keys(services)) {
    const cycle = visit(name);
    if (cycle !== undefined) return { order, cycle };
  }
  return { order };
}

function known(model: Mapping, kind: string, name: string, path: TreePath): ModelProblem[] {
  if (own(own(model, kind), name) !== undefined) return [];
  return [
    bad(
      path,
      `names "${name}", which is not declared under the file's ${kind}`,
      `Add "${name}:" under ${kind}:, or use a name that is there.`,
    ),
  ];
}

function bad(path: TreePath, why: string, hint: string): ModelProblem {
  return { code: 'bad-value', message: `${toName(path)} ${why}.`, hint, path };
}
