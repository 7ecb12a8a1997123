import { type Bind, BIND_HINT, refuseBind } from './bind-rules.ts';
import { badValue, type ComposeProblem, toName } from './compose-messages.ts';
import type { RawCompose, RawXDemo } from './compose-schema.ts';

/** What no single value tells: names that must exist somewhere else in the file. */
export function checkReferences(raw: RawCompose): ComposeProblem[] {
  const problems: ComposeProblem[] = [];
  const names = Object.keys(raw.services);
  if (names.length === 0) problems.push(badValue(['services'], 'expected at least one service'));
  const binds = Object.values(raw.services).flatMap(({ volumes = [] }) =>
    volumes.filter(({ type }) => type === 'bind'),
  );
  for (const name of names) problems.push(...checkService(raw, name, binds));
  return [...problems, ...checkXDemo(raw)];
}

function checkService(raw: RawCompose, name: string, binds: readonly Bind[]): ComposeProblem[] {
  const service = raw.services[name];
  const problems: ComposeProblem[] = [];
  if (service?.build === undefined && service?.image === undefined) {
    problems.push(badValue(['services', name], 'it has neither build nor image'));
  }
  for (const [index, mount] of (service?.volumes ?? []).entries()) {
    const { type, source } = mount;
    const why = type === 'bind' ? refuseBind(mount, binds) : undefined;
    if (why !== undefined) problems.push(badMount(['services', name, 'volumes', index], why));
    if (type === 'volume' && !Object.hasOwn(raw.volumes ?? {}, source)) {
      const missing = `"${source}" is not declared under the file's volumes`;
      problems.push(badValue(['services', name, 'volumes', index], missing));
    }
  }
  for (const [other, condition] of dependencies(service)) {
    const at = ['services', name, 'depends_on'];
    const needed = serviceOf(raw, other);
    if (needed === undefined) problems.push(badValue(at, `there is no service "${other}"`));
    else if (condition === 'service_healthy' && needed.healthcheck?.test === undefined) {
      problems.push(badValue(at, `"${other}" has no healthcheck that could pass`));
    }
  }
  return problems;
}

function badMount(path: PropertyKey[], why: string): ComposeProblem {
  return { code: 'bad-mount', message: `${toName(path)}: ${why}.`, hint: BIND_HINT, path };
}

/** A service of the file, whatever its name: "constructor" is a name that every object knows. */
function serviceOf(raw: RawCompose, name: string): RawCompose['services'][string] | undefined {
  return Object.hasOwn(raw.services, name) ? raw.services[name] : undefined;
}

/** Who a service depends on, in both ways of writing it. */
export function dependencies(service: RawCompose['services'][string] | undefined) {
  const raw = service?.depends_on ?? [];
  if (Array.isArray(raw)) return raw.map((name) => [name, 'service_started'] as const);
  return Object.entries(raw).map(([name, { condition }]) => [name, condition] as const);
}

function checkXDemo(raw: RawCompose): ComposeProblem[] {
  const demo = raw['x-demo'] ?? {};
  const problems: ComposeProblem[] = [];
  for (const key of ['app', 'ask'] as const) {
    const target = demo[key];
    if (target === undefined) continue;
    const service = serviceOf(raw, target.service);
    const at = ['x-demo', key];
    if (service === undefined)
      problems.push(badValue([...at, 'service'], `there is no service "${target.service}"`));
    else if (!(service.ports ?? []).includes(target.port)) {
      problems.push(
        badValue([...at, 'port'], `"${target.service}" does not list port ${target.port} under ports`),
      );
    }
  }
  problems.push(...checkExpect(demo));
  const hasBuild = Object.values(raw.services).some(({ build }) => build !== undefined);
  const lacks = {
    app: demo.app === undefined,
    ask: demo.ask === undefined,
    dockerfile: !hasBuild,
    layers: !hasBuild,
  };
  const lacking = new Set<string>(
    Object.entries(lacks).flatMap(([view, isLacking]) => (isLacking ? [view] : [])),
  );
  for (const [index, view] of (demo.views ?? []).entries()) {
    if (lacking.has(view)) {
      const wanted = view === 'app' || view === 'ask' ? `x-demo.${view}` : 'a service with build';
      problems.push(badValue(['x-demo', 'views', index], `the ${view} view needs ${wanted}`));
    }
  }
  return problems;
}

function checkExpect({ expect = [], app, ask }: RawXDemo): ComposeProblem[] {
  return expect.flatMap((one, index) => {
    const at = ['x-demo', 'expect', index];
    if ((one.http === undefined) === (one.ask === undefined))
      return [badValue(at, 'expected http or ask, and only one of them')];
    if (one.http !== undefined && app === undefined && ask === undefined)
      return [badValue(at, 'there is no x-demo.app to ask')];
    return one.ask !== undefined && ask === undefined ? [badValue(at, 'there is no x-demo.ask to ask')] : [];
  });
}
