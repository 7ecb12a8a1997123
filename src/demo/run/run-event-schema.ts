import * as z from 'zod/mini';
import type { RunEventBody } from './run-event.ts';

const count = z.number();
const service = z.string();

const processFacts = z.object({
  service,
  pidInside: count,
  pidOnHost: count,
  command: z.string(),
  hostVisible: z.boolean(),
  between: z.optional(z.enum(['vm', 'machine'])),
  visible: z.optional(z.object({ inside: count, host: count })),
  namespaces: z.array(z.object({ name: z.string(), inside: z.string(), host: z.string() })),
  limits: z.object({ memoryBytes: count, cpus: count, pids: count }),
  kernel: z.object({ inside: z.string(), host: z.string() }),
});

const replicaFacts = z.object({
  service,
  number: count,
  state: z.enum(['starting', 'ready', 'ended']),
  name: z.string(),
  hostname: z.string(),
  pidOnHost: count,
  url: z.optional(z.string()),
  ownBytes: z.optional(count),
});

const serviceFacts = z.object({
  service,
  number: count,
  state: z.enum([
    'waiting',
    'starting',
    'running',
    'healthy',
    'unhealthy',
    'restarting',
    'stopped',
    'killed',
    'ended',
  ]),
  exitCode: z.optional(count),
  restarts: count,
  memoryBytes: z.optional(count),
  cpus: z.optional(count),
  networks: z.array(z.string()),
  needs: z.array(z.string()),
  ports: z.array(count),
});

/** What a recording may hold. A file from elsewhere must not be able to break the panel that draws it. */
const runEventBody = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('phase'),
    phase: z.enum([
      'queued',
      'pulling',
      'building',
      'starting',
      'ready',
      'stopping',
      'stopped',
      'failed',
      'cancelled',
    ]),
  }),
  z.object({ type: z.literal('earlier'), buildMs: count }),
  z.object({ type: z.literal('spare'), waitedMs: count }),
  z.object({ type: z.literal('source'), service, file: z.string(), text: z.string() }),
  z.object({
    type: z.literal('step'),
    service,
    step: count,
    of: count,
    line: z.optional(count),
    name: z.string(),
    state: z.enum(['running', 'cached', 'done', 'failed']),
    ms: z.optional(count),
  }),
  z.object({
    type: z.literal('progress'),
    service,
    item: z.string(),
    done: count,
    total: z.optional(count),
  }),
  z.object({ type: z.literal('layer'), service, step: count, bytes: count }),
  z.object({
    type: z.literal('output'),
    service,
    step: z.optional(count),
    number: z.optional(count),
    isNamed: z.optional(z.literal(true)),
    after: z.optional(z.enum(['own', 'other'])),
    text: z.string(),
  }),
  z.object({ type: z.literal('unready'), service, status: z.optional(count), ms: z.optional(count) }),
  z.object({
    type: z.literal('app'),
    service,
    url: z.string(),
    frame: z.optional(z.string()),
    name: z.optional(z.string()),
    reachable: z.boolean(),
  }),
  z.object({ type: z.literal('process'), facts: processFacts }),
  z.object({ type: z.literal('replica'), facts: replicaFacts }),
  z.object({ type: z.literal('service'), facts: serviceFacts }),
  z.object({
    type: z.literal('shell'),
    service,
    text: z.string(),
    columns: z.optional(count),
    rows: z.optional(count),
    isOver: z.optional(z.literal(true)),
  }),
  z.object({
    type: z.literal('command'),
    service,
    name: z.string(),
    state: z.enum(['typing', 'typed', 'running', 'done']),
    exitCode: z.optional(count),
    ms: z.optional(count),
  }),
  z.object({ type: z.literal('file'), file: z.string(), text: z.string() }),
  z.object({
    type: z.literal('edit'),
    file: z.string(),
    from: count,
    remove: count,
    insert: z.string(),
    isSaved: z.optional(z.literal(true)),
  }),
  z.object({ type: z.literal('reload') }),
  z.object({ type: z.literal('answer'), question: z.string(), status: count, reply: z.string() }),
  z.object({ type: z.literal('snapshot'), file: z.string(), width: count, height: count }),
  z.object({
    type: z.literal('error'),
    code: z.string(),
    message: z.string(),
    hint: z.string(),
    service: z.optional(z.string()),
    line: z.optional(count),
  }),
  z.object({ type: z.literal('exit'), status: count }),
]);

/** The event in `data`, or undefined when it is none that this version knows. */
export function parseRunEventBody(data: unknown): RunEventBody | undefined {
  const parsed = runEventBody.safeParse(data);
  return parsed.success ? (parsed.data as RunEventBody) : undefined;
}
