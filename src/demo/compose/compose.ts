import type { DemoDiagnostic } from './demo-diagnostic.ts';
import { checkReferences } from './compose-checks.ts';
import { toProblems } from './compose-issues.ts';
import { badValue, type ComposeProblem } from './compose-messages.ts';
import { readDollars, toPosition } from './compose-position.ts';
import { composeSchema, type RawCompose, type RawXDemo } from './compose-schema.ts';
import { sortServices, toService } from './compose-service.ts';
import { readComposeYaml } from './compose-yaml.ts';
import { type AskTarget, type AppTarget, type Demo, LIMITS, type Service, type View } from '../demo.ts';

export type ParsedDemo = { demo: Demo } | { demo?: undefined; diagnostics: DemoDiagnostic[] };

export interface ParseDemoOptions {
  /** As it is named in messages: `demos/django/compose.yaml`. */
  file: string;
  /** The folder's name, which the file's `name` must be as well; not checked when absent. */
  folder?: string;
}

/** As many as anybody reads; a file of nothing but mistakes must not take longer than that. */
const MOST_DIAGNOSTICS = 20;

/** Reads a demo's `compose.yaml`. Not only the first thing that is wrong with it is told. */
export function parseDemo(text: string, options: ParseDemoOptions): ParsedDemo {
  const { file } = options;
  const yaml = readComposeYaml(text, file);
  if (yaml.document === undefined) return { diagnostics: yaml.diagnostics.slice(0, MOST_DIAGNOSTICS) };
  const { document, lines, data } = yaml;
  const dollars = readDollars(document);
  const input = data();
  const parsed = composeSchema.safeParse(input);
  const problems = parsed.success
    ? [...checkReferences(parsed.data), ...checkName(parsed.data, options)]
    : toProblems(parsed.error.issues, input);
  const sorted = parsed.success && problems.length === 0 ? sortServices(parsed.data) : { order: [] };
  if ('circle' in sorted) {
    const at = ['services', sorted.circle[0] ?? '', 'depends_on'];
    problems.push(badValue(at, `it goes in a circle: ${sorted.circle.join(' → ')}`));
  }
  if (parsed.success && problems.length + dollars.length === 0 && 'order' in sorted) {
    return { demo: toDemo(parsed.data, sorted.order) };
  }
  const told = [...dollars, ...problems].slice(0, MOST_DIAGNOSTICS);
  const diagnostics = told.map(({ path, isKey, ...problem }) => ({
    ...problem,
    file,
    ...toPosition(document, lines, path, isKey ?? false),
  }));
  return { diagnostics: diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

function checkName(raw: RawCompose, { folder }: ParseDemoOptions): ComposeProblem[] {
  if (folder === undefined || raw.name === folder) return [];
  return [badValue(['name'], `"${raw.name}" is not the folder's name, "${folder}"`)];
}

function toDemo(raw: RawCompose, order: readonly string[]): Demo {
  const services = order.flatMap((name): Service[] => {
    const service = raw.services[name];
    return service === undefined ? [] : [toService(name, service)];
  });
  const demo = raw['x-demo'] ?? {};
  const { title = raw.name, budget = LIMITS.budgetMs, fallback = 'ask', steps = [], expect = [] } = demo;
  return {
    name: raw.name,
    title,
    views: demo.views ?? defaultViews(demo, services),
    app: demo.app === undefined ? undefined : toTarget(demo.app),
    ask: demo.ask === undefined ? undefined : toAskTarget(demo.ask),
    budgetMs: budget,
    idleMs: demo.idle,
    fallback,
    spare: demo.spare,
    steps,
    expect: expect.map(({ status = 200, ...rest }) => ({ ...rest, status })),
    services,
    volumes: Object.keys(raw.volumes ?? {}),
  };
}

function defaultViews(demo: RawXDemo, services: readonly Service[]): View[] {
  const views: View[] = services.some(({ build }) => build !== undefined)
    ? ['dockerfile', 'terminal']
    : ['terminal'];
  if (demo.app !== undefined) views.push('app');
  if (demo.ask !== undefined) views.push('ask');
  return views;
}

function toTarget({ service, port, path = '/' }: NonNullable<RawXDemo['app']>): AppTarget {
  return { service, port, path };
}

function toAskTarget(raw: NonNullable<RawXDemo['ask']>): AskTarget {
  return { ...toTarget(raw), param: raw.param, examples: raw.examples ?? [] };
}
