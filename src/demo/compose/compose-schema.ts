import * as z from 'zod/mini';
import { mount } from './compose-mount.ts';
import {
  absolutePath,
  capability,
  duration,
  flag,
  gracePeriod,
  innerPath,
  keyValues,
  memory,
  numberUpTo,
  port,
  publishedPort,
  scalarText,
  tmpfs,
  words,
} from './compose-values.ts';
import { LIMITS, VIEWS } from '../demo.ts';

/** The subset of the Compose file format that demos are written in. Source: compose-spec, spec.md. */

const name = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9_-]*$/u, { error: 'expected lower-case letters, digits, - and _' }));

const buildShape = {
  context: z.optional(innerPath),
  dockerfile: z.optional(innerPath),
  args: z.optional(keyValues),
  target: z.optional(z.string()),
};

const healthcheckShape = {
  test: z.optional(
    z.union(
      [
        z.array(z.string()).check(
          z.refine((test) => ['NONE', 'CMD', 'CMD-SHELL'].includes(test[0] ?? ''), {
            error: 'expected a list that begins with CMD, CMD-SHELL or NONE',
          }),
        ),
        z.string(),
      ],
      { error: 'expected a command: a text, or a list that begins with CMD' },
    ),
  ),
  interval: z.optional(duration),
  timeout: z.optional(duration),
  start_period: z.optional(duration),
  start_interval: z.optional(duration),
  retries: z.optional(numberUpTo(1000, true)),
  disable: z.optional(flag),
};

const conditions = ['service_started', 'service_healthy', 'service_completed_successfully'] as const;

const serviceShape = {
  build: z.optional(
    z.union([innerPath, z.strictObject(buildShape)], { error: 'expected a folder, or a map with context' }),
  ),
  image: z.optional(z.string({ error: "expected an image's name" })),
  command: z.optional(words),
  entrypoint: z.optional(words),
  environment: z.optional(keyValues),
  ports: z.optional(z.array(publishedPort, { error: 'expected a list of container ports' })),
  volumes: z.optional(z.array(mount, { error: 'expected a list of mounts' })),
  tmpfs: z.optional(tmpfs),
  user: z.optional(scalarText),
  working_dir: z.optional(absolutePath),
  healthcheck: z.optional(z.strictObject(healthcheckShape, { error: 'expected a map with test' })),
  depends_on: z.optional(
    z.union(
      [
        z.array(name),
        z.record(
          name,
          z.strictObject({ condition: z.enum(conditions, { error: `expected ${conditions.join(', ')}` }) }),
        ),
      ],
      { error: 'expected a list of services, or a map of services with a condition each' },
    ),
  ),
  init: z.optional(flag),
  read_only: z.optional(flag),
  cap_add: z.optional(z.array(capability, { error: 'expected a list of capabilities' })),
  mem_limit: z.optional(memory(LIMITS.maxMemoryBytes)),
  cpus: z.optional(numberUpTo(LIMITS.maxCpus, false)),
  pids_limit: z.optional(numberUpTo(LIMITS.maxPids, true)),
  stop_grace_period: z.optional(gracePeriod),
};

const path = z.string().check(z.regex(/^\//u, { error: 'expected a path that begins with /' }));
const appShape = { service: name, port, path: z.optional(path) };
const askShape = { ...appShape, param: z.string(), examples: z.optional(z.array(z.string())) };
const expectShape = {
  http: z.optional(path),
  ask: z.optional(z.string()),
  status: z.optional(numberUpTo(599, true)),
  contains: z.optional(z.string()),
};

const xDemoShape = {
  title: z.optional(z.string({ error: 'expected a text' })),
  views: z.optional(z.array(z.enum(VIEWS, { error: `expected views out of ${VIEWS.join(', ')}` }))),
  app: z.optional(z.strictObject(appShape, { error: 'expected a map with service and port' })),
  ask: z.optional(z.strictObject(askShape, { error: 'expected a map with service, port and param' })),
  budget: z.optional(duration),
  idle: z.optional(duration),
  fallback: z.optional(z.enum(['auto', 'ask', 'never'], { error: 'expected auto, ask or never' })),
  spare: z.optional(flag),
  steps: z.optional(z.array(z.string())),
  expect: z.optional(z.array(z.strictObject(expectShape))),
};

const topShape = {
  name,
  services: z.record(name, z.strictObject(serviceShape), { error: 'expected at least one service' }),
  volumes: z.optional(
    z.record(
      name,
      z.nullable(z.strictObject({}, { error: 'expected nothing: volumes have no options here' })),
    ),
  ),
  'x-demo': z.optional(z.strictObject(xDemoShape, { error: 'expected a map' })),
};

export const composeSchema = z.strictObject(topShape, {
  error: 'expected a Compose file: a map with name and services',
});

export type RawCompose = z.output<typeof composeSchema>;
export type RawService = RawCompose['services'][string];
export type RawXDemo = NonNullable<RawCompose['x-demo']>;

/** Which keys there are at a path, for hints; undefined where any may stand. */
export function knownKeysAt(at: readonly PropertyKey[]): string[] | undefined {
  const [first, , third] = at;
  if (at.length === 0) return Object.keys(topShape);
  if (first === 'x-demo') return keysOfXDemo(at);
  if (first !== 'services') return undefined;
  if (at.length === 2) return Object.keys(serviceShape);
  if (third === 'build') return Object.keys(buildShape);
  if (third === 'healthcheck') return Object.keys(healthcheckShape);
  if (third === 'depends_on') return ['condition'];
  return third === 'volumes' ? ['type', 'source', 'target', 'read_only'] : undefined;
}

function keysOfXDemo(at: readonly PropertyKey[]): string[] | undefined {
  const shapes = new Map<PropertyKey | undefined, object>([
    [undefined, xDemoShape],
    ['app', appShape],
    ['ask', askShape],
    ['expect', expectShape],
  ]);
  const shape = shapes.get(at[1]);
  return shape === undefined ? undefined : Object.keys(shape);
}
