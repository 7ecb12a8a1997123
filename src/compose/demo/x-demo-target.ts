/** What a demo shows of its project: ports, views and what answers, as `x-demo` says or as the project suggests. */
import type { AppTarget, AskTarget, DemoCommand, NamedApp, ShellTarget } from '../../demo/demo.ts';
import type { Service } from '../../demo/service.ts';
import { viewsOf } from '../../demo/views-of.ts';
import { parseView, VIEWS, type View } from '../../demo/view.ts';
import { toName, type ModelProblem } from '../model/problem.ts';
import type { TreePath } from '../model/tree.ts';
import type { XDemo } from './x-demo.ts';

/** A port that the deck looks at is published, whether the file says so or not. */
export function withPorts(services: readonly Service[], { app, ask, apps = {} }: XDemo): Service[] {
  return services.map((service) => {
    const wanted = [app, ask, ...Object.values(apps)].flatMap((target) =>
      target?.service === service.name ? [target.port] : [],
    );
    return { ...service, ports: [...new Set([...service.ports, ...wanted])] };
  });
}

/** Where web servers listen, by how likely it is that the audience should see them. */
const WEB_PORTS = [
  80, 8080, 3000, 8000, 5000, 5173, 4200, 8888, 8081, 3001, 8001, 5001, 9000, 4000, 1337, 2368, 8090, 7000,
  9090,
];

/** A published port that looks like a web server's. */
export function guessApp(services: readonly Service[], { views, ask }: XDemo): AppTarget | undefined {
  if (ask !== undefined || (views !== undefined && !views.includes('app'))) return undefined;
  const published = services.flatMap(({ name, ports }) => ports.map((port) => ({ service: name, port })));
  for (const port of WEB_PORTS) {
    const found = published.find((one) => one.port === port);
    if (found !== undefined) return { ...found, path: '/' };
  }
  return undefined;
}

export function defaultViews(
  services: readonly Service[],
  app: AppTarget | undefined,
  { ask }: XDemo,
): View[] {
  const views: View[] = services.some(({ build }) => build !== undefined)
    ? ['dockerfile', 'terminal']
    : ['terminal'];
  if (app !== undefined) views.push('app');
  if (ask !== undefined) views.push('ask');
  if (services.length > 1) views.push('map');
  return views;
}

export function toTarget({ service, port, path = '/' }: NonNullable<XDemo['app']>): AppTarget {
  return { service, port, path };
}

export function toApps({ apps = {} }: XDemo): NamedApp[] {
  return Object.entries(apps).map(([name, app]) => ({ name, ...toTarget(app) }));
}

export function toShell({ shell }: XDemo): ShellTarget | undefined {
  if (shell === undefined) return undefined;
  const { working_dir: workingDir, ...rest } = shell;
  return Object.fromEntries(
    Object.entries({ ...rest, workingDir }).filter(([, value]) => value !== undefined),
  ) as ShellTarget;
}

export function toCommands({ commands = {} }: XDemo): DemoCommand[] {
  return Object.entries(commands).map(([name, written]) => {
    const { budget, service, expect, run }: CommandText = written;
    return {
      name,
      run,
      ...(service === undefined ? {} : { service }),
      ...(budget === undefined ? {} : { budgetMs: budget }),
      ...(expect === undefined ? {} : { expect: expect as NonNullable<DemoCommand['expect']> }),
    };
  });
}

interface CommandText {
  run: string;
  service?: string | undefined;
  budget?: number | undefined;
  expect?: { exit?: number | undefined; contains?: string | undefined } | undefined;
}

export function toAskTarget(raw: NonNullable<XDemo['ask']>): AskTarget {
  return { ...toTarget(raw), param: raw.param, examples: raw.examples ?? [] };
}

/** What no single value of `x-demo` tells: services, views and targets that must be there. */
export function checkXDemo(xDemo: XDemo, services: readonly Service[], at: TreePath): ModelProblem[] {
  const { app, ask, apps = {}, expect = [] } = xDemo;
  const targets: [TreePath, XDemo['app']][] = [
    [['app'], app],
    [['ask'], ask],
    ...Object.entries(apps).map(([name, one]): [TreePath, XDemo['app']] => [['apps', name], one]),
  ];
  const bad: Bad = (path, why, hint) => ({
    code: 'bad-value',
    message: `${toName([...at, ...path])}: ${why}.`,
    hint,
    path: [...at, ...path],
  });
  const problems: ModelProblem[] = [];
  for (const [place, target] of targets)
    if (target !== undefined && !services.some(({ name }) => name === target.service))
      problems.push(
        bad(
          [...place, 'service'],
          `there is no service "${target.service}"`,
          `Services: ${services.map(({ name }) => name).join(', ')}.`,
        ),
      );
  problems.push(...checkViews(xDemo, services, bad));
  const isThereApp = app !== undefined || guessApp(services, xDemo) !== undefined;
  for (const [i, one] of expect.entries()) {
    if ((one.http === undefined) === (one.ask === undefined))
      problems.push(
        bad(['expect', i], 'expected http or ask, and only one of them', 'Write one entry for each.'),
      );
    else if (one.http !== undefined && !isThereApp && ask === undefined)
      problems.push(bad(['expect', i], 'there is no x-demo.app to ask', 'Add x-demo.app.'));
    else if (one.ask !== undefined && ask === undefined)
      problems.push(bad(['expect', i], 'there is no x-demo.ask to ask', 'Add x-demo.ask.'));
  }
  return problems;
}

type Bad = (path: TreePath, why: string, hint: string) => ModelProblem;

/** A view of something that isn't there, or for which something is missing. */
function checkViews(xDemo: XDemo, services: readonly Service[], bad: Bad): ModelProblem[] {
  const { app, ask, views = [] } = xDemo;
  const problems: ModelProblem[] = [];
  const hasBuild = services.some(({ build }) => build !== undefined);
  const known = viewsOf({
    views: [...VIEWS],
    services: [...services],
    apps: toApps(xDemo),
    edit: xDemo.edit ?? [],
  });
  const lacks: Partial<Record<View, string>> = {
    ...(app === undefined && guessApp(services, xDemo) === undefined ? { app: 'x-demo.app' } : {}),
    ...(ask === undefined ? { ask: 'x-demo.ask' } : {}),
    ...(hasBuild ? {} : { dockerfile: 'a service with build', layers: 'a service with build' }),
  };
  for (const [i, view] of views.entries()) {
    const wanted = lacks[view];
    if (!known.includes(view))
      problems.push(
        bad(['views', i], `there is no "${parseView(view).of}" to show`, `Views: ${known.join(', ')}.`),
      );
    if (wanted !== undefined)
      problems.push(
        bad(['views', i], `the ${view} view needs ${wanted}`, `Add ${wanted}, or take the view out.`),
      );
  }
  return problems;
}
