/** A demo of a project's normalised model, with every default filled in. */
import { LIMITS, type Demo, type PreparedEdit } from '../../demo/demo.ts';
import { type Mount, type Service } from '../../demo/service.ts';
import { activeServices, checkModel, sortServices } from '../model/check-model.ts';
import { toName, type ModelProblem } from '../model/problem.ts';
import { toList, entries, own, type Mapping, type Tree, type TreePath } from '../model/tree.ts';
import type { Ask } from './asks.ts';
import { BIND_HINT, judgeBind } from './bind-rules.ts';
import { copyExposedFiles } from './copied-files.ts';
import type { ServiceParts } from './service-reader.ts';
import { toService } from './to-service.ts';
import type { XDemo } from './x-demo.ts';
import {
  checkXDemo,
  defaultViews,
  guessApp,
  toApps,
  toAskTarget,
  toCommands,
  toShell,
  toTarget,
  withPorts,
} from './x-demo-target.ts';

export interface ToDemoOptions {
  model: Mapping;
  /** What the deck calls it. */
  name: string;
  folder: string;
  profiles: ReadonlySet<string>;
  envFiles: ServiceParts['envFiles'];
  lookup: ServiceParts['lookup'];
  /** Absolute paths of what is mounted and is a file. */
  mountedFiles: ReadonlySet<string>;
  /** Texts of its secrets. */
  secrets: readonly string[];
  xDemo: XDemo;
  /** What `x-demo.edits` names, read. */
  edits: readonly PreparedEdit[];
  /** Where `xDemo` stands. */
  xDemoAt: TreePath;
}

export interface MadeDemo {
  demo: Demo;
  asks: Ask[];
  problems: ModelProblem[];
  /** What is left out or done otherwise, in a sentence each. */
  notes: string[];
}

export function toDemo(options: ToDemoOptions): MadeDemo {
  const { model, name, folder, profiles, envFiles, lookup, secrets, xDemo, xDemoAt, edits, mountedFiles } =
    options;
  const active = activeServices(model, profiles);
  const problems = checkModel(model, active);
  const takesPorts = xDemo.ports === 'as-written';
  const parts: ServiceParts = {
    model,
    folder,
    envFiles,
    lookup,
    takesPorts,
    asks: [],
    problems,
    notes: new Set(),
  };
  if (Object.keys(active).length > LIMITS.maxServices) return tooMany(name, Object.keys(active).length);
  const sorted = sortServices(active).order.map((key) => {
    const service = toService(key, own(active, key) ?? null, parts);
    const dependsOn = service.dependsOn.filter((one) => own(active, one.service) !== undefined);
    return { ...service, dependsOn };
  });
  const services = copyExposedFiles(sorted, folder, mountedFiles, parts.notes);
  const isSwappable = checkBinds(services, parts);
  checkHealth(services, active, problems);
  const wanted = withPorts(services, xDemo);
  problems.push(...checkXDemo(xDemo, wanted, xDemoAt));
  const app = xDemo.app === undefined ? guessApp(wanted, xDemo) : toTarget(xDemo.app);
  const demo: Demo = {
    name,
    title: xDemo.title ?? name,
    views: xDemo.views ?? defaultViews(wanted, app, xDemo),
    app,
    ...toTouch(xDemo, edits),
    ask: xDemo.ask === undefined ? undefined : toAskTarget(xDemo.ask),
    budgetMs: xDemo.budget ?? LIMITS.budgetMs,
    idleMs: xDemo.idle,
    fallback: xDemo.fallback ?? 'ask',
    spare: xDemo.spare,
    steps: xDemo.steps ?? [],
    expect: (xDemo.expect ?? []).map(({ status = 200, ...rest }) => ({ ...rest, status })),
    services: wanted,
    volumes: toVolumes(model, parts),
    ...(isSwappable ? { isSwappable } : {}),
    ...toNetworks(model, wanted, parts),
    ...(secrets.length === 0 ? {} : { secrets: [...secrets] }),
  };
  return { demo, asks: parts.asks, problems, notes: [...parts.notes] };
}

function tooMany(name: string, count: number): MadeDemo {
  const message = `services has ${count} services, and a demo can have ${LIMITS.maxServices}.`;
  const hint = 'Leave out those that the slide does not need: profiles can do that.';
  const problems: ModelProblem[] = [{ code: 'too-many', message, hint, path: ['services'] }];
  return { demo: emptyDemo(name), asks: [], notes: [], problems };
}

/** What hands can do to it. */
function toTouch(
  xDemo: XDemo,
  edits: readonly PreparedEdit[],
): Pick<Demo, 'apps' | 'shell' | 'commands' | 'interpreters' | 'typing' | 'edit' | 'edits'> {
  return {
    ...(xDemo.apps === undefined ? {} : { apps: toApps(xDemo) }),
    ...(xDemo.shell === undefined ? {} : { shell: toShell(xDemo) ?? {} }),
    ...(xDemo.commands === undefined ? {} : { commands: toCommands(xDemo) }),
    ...(xDemo.run === undefined ? {} : { interpreters: xDemo.run }),
    ...(xDemo.typing === undefined ? {} : { typing: xDemo.typing }),
    ...(xDemo.edit === undefined ? {} : { edit: xDemo.edit }),
    ...(edits.length === 0 ? {} : { edits: [...edits] }),
  };
}

function emptyDemo(name: string): Demo {
  const { budgetMs } = LIMITS;
  return {
    name,
    title: name,
    views: [],
    budgetMs,
    fallback: 'ask',
    steps: [],
    expect: [],
    services: [],
    volumes: [],
  };
}

/** Volumes of the project, those that somebody else has made included: a demo gets its own. */
function toVolumes(model: Mapping, { notes }: ServiceParts): string[] {
  return entries(own(model, 'volumes')).flatMap(([name, volume]) => {
    if (own(volume, 'external') === true)
      notes.add(`The volume "${name}" is one of the demo's own, not the one that is there already.`);
    if (own(volume, 'driver_opts') !== undefined)
      notes.add(`The volume "${name}" is one of the demo's own: its driver options are left out.`);
    return [name];
  });
}

function toNetworks(
  model: Mapping,
  services: readonly Service[],
  { notes }: ServiceParts,
): Pick<Demo, 'networks'> {
  const used = new Set(services.flatMap(({ networks = [] }) => networks.map(({ name }) => name)));
  const networks = [...used].map((name) => {
    const raw = own(own(model, 'networks'), name) ?? null;
    if (own(raw, 'external') === true)
      notes.add(`The network "${name}" is one of the demo's own, not the one that is there already.`);
    return { name, isInternal: own(raw, 'internal') === true };
  });
  return networks.length === 0 ? {} : { networks };
}

/** True when a container may swap what another one gets, which is asked for. */
function checkBinds(services: readonly Service[], { model, asks, problems }: ServiceParts): boolean {
  const binds = services.flatMap(({ mounts }) => insideBinds(mounts));
  let isSwappable = false;
  for (const { name, mounts } of services) {
    for (const mount of insideBinds(mounts)) {
      const { refusal, ask } = judgeBind(mount, binds);
      const path = mountPath(model, name, mount.target);
      if (refusal !== undefined)
        problems.push({ code: 'bad-mount', message: `${toName(path)}: ${refusal}.`, hint: BIND_HINT, path });
      if (ask === undefined) continue;
      isSwappable = true;
      asks.push({ path, text: `"${name}" ${ask} (or add :ro).` });
    }
  }
  return isSwappable;
}

function insideBinds(mounts: readonly Mount[]): (Mount & { type: 'bind' })[] {
  return mounts.flatMap((mount) => (mount.type === 'bind' && mount.isOutside !== true ? [mount] : []));
}

function mountPath(model: Mapping, service: string, target: string): TreePath {
  const volumes = toList(own(own(own(model, 'services'), service), 'volumes'));
  const found = volumes.findIndex((one) => own(one, 'target') === target);
  return ['services', service, 'volumes', Math.max(0, found)];
}

/** An image may bring a healthcheck of its own: only one that is written off can't pass. */
function checkHealth(services: readonly Service[], active: Mapping, problems: ModelProblem[]): void {
  for (const { name, dependsOn } of services)
    for (const { service, condition } of dependsOn) {
      const test: Tree | undefined = own(own(own(active, service), 'healthcheck'), 'test');
      const isOff =
        own(own(own(active, service), 'healthcheck'), 'disable') === true || toList(test)[0] === 'NONE';
      if (condition !== 'service_healthy' || !isOff) continue;
      const path = ['services', name, 'depends_on', service];
      const message = `${toName(path)} waits for a healthcheck that is switched off.`;
      problems.push({
        code: 'bad-value',
        message,
        hint: `Give "${service}" a healthcheck, or use service_started.`,
        path,
      });
    }
}
