/** `x-demo`: what Compose has no word for. It may stand in the Compose file, or in `x-demo.yaml` beside it. */
import * as z from 'zod/mini';
import { VIEWS, type View } from '../../demo/view.ts';
import { parseDuration } from '../../demo/quantities.ts';
import { toName, type ModelProblem } from '../model/problem.ts';
import type { Tree, TreePath } from '../model/tree.ts';
import { asText } from '../model/tree.ts';

const MAX_MS = 24 * 3_600_000;
const A_DURATION = 'expected a duration such as 500ms, 10s or 1m30s, up to 24h';

const duration = z.pipe(
  z.string({ error: A_DURATION }),
  z.transform((text, context) => {
    const ms = parseDuration(text);
    if (ms !== undefined && ms <= MAX_MS) return ms;
    context.issues.push({ code: 'custom', message: A_DURATION, input: text });
    return z.NEVER;
  }),
);

const A_PORT = 'expected a port from 1 to 65535';
const port = z.pipe(
  z.union([z.string(), z.number()], { error: A_PORT }),
  z.transform((value, context) => {
    const number = /^\d+$/u.test(asText(value)) ? Number(value) : 0;
    if (number >= 1 && number <= 65_535) return number;
    context.issues.push({ code: 'custom', message: A_PORT, input: value });
    return z.NEVER;
  }),
);

const text = z.string({ error: 'expected a text' });
const path = z.string().check(z.regex(/^\//u, { error: 'expected a path that begins with /' }));
const status = z.int({ error: 'expected a status such as 200' }).check(z.minimum(100), z.maximum(599));
const A_VIEW = `expected views out of ${VIEWS.join(', ')}, logs:SERVICE, shell:SERVICE, app:NAME, edit:FILE`;
const view = z.pipe(
  z.string({ error: A_VIEW }),
  z.transform((written, context) => {
    if (VIEWS.some((one) => one === written) || /^(?:app|logs|shell|edit):\S+$/u.test(written))
      return written as View;
    context.issues.push({ code: 'custom', message: A_VIEW, input: written });
    return z.NEVER;
  }),
);
const appShape = { service: text, port, path: z.optional(path) };
const askShape = { ...appShape, param: text, examples: z.optional(z.array(text)) };
const expectShape = {
  http: z.optional(path),
  ask: z.optional(text),
  status: z.optional(status),
  contains: z.optional(text),
};

const name = z
  .string()
  .check(z.regex(/^[\w.-]+$/u, { error: 'expected a name of letters, digits, - and _' }));
const shellShape = {
  service: z.optional(text),
  command: z.optional(
    z.union([
      z.array(text),
      z.pipe(
        text,
        z.transform((line) => ['sh', '-c', line]),
      ),
    ]),
  ),
  working_dir: z.optional(text),
  user: z.optional(text),
};
const commandShape = {
  run: text,
  service: z.optional(text),
  budget: z.optional(duration),
  expect: z.optional(z.strictObject({ exit: z.optional(z.int()), contains: z.optional(text) })),
};
const command = z.union(
  [
    z.strictObject(commandShape),
    z.pipe(
      text,
      z.transform((run): { run: string } => ({ run })),
    ),
  ],
  { error: 'expected a command line, or a map with run' },
);

/** Inside the demo's folder. */
const file = z
  .string({ error: 'expected a file' })
  .check(
    z.regex(/^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$)).+$/u, { error: "expected a file inside the demo's folder" }),
  );

const shape = {
  title: z.optional(text),
  views: z.optional(z.array(view)),
  app: z.optional(z.strictObject(appShape, { error: 'expected a map with service and port' })),
  apps: z.optional(z.record(z.string(), z.strictObject(appShape), { error: 'expected a map of apps' })),
  ask: z.optional(z.strictObject(askShape, { error: 'expected a map with service, port and param' })),
  shell: z.optional(z.strictObject(shellShape, { error: 'expected a map with service or command' })),
  commands: z.optional(z.record(name, command, { error: 'expected a map of names to commands' })),
  run: z.optional(z.record(z.string(), text, { error: 'expected a map of languages to commands' })),
  typing: z.optional(z.enum(['human', 'instant', 'keys'], { error: 'expected human, instant or keys' })),
  edit: z.optional(z.array(file)),
  edits: z.optional(z.record(name, file, { error: 'expected a map of names to patch files' })),
  budget: z.optional(duration),
  idle: z.optional(duration),
  fallback: z.optional(z.enum(['auto', 'ask', 'never'], { error: 'expected auto, ask or never' })),
  ports: z.optional(z.literal('as-written', { error: 'expected as-written' })),
  spare: z.optional(z.boolean({ error: 'expected true or false' })),
  steps: z.optional(z.array(text)),
  expect: z.optional(z.array(z.strictObject(expectShape))),
};

const schema = z.strictObject(shape, { error: 'expected a map' });

/** What `x-demo` says, as it is written. */
export type XDemo = z.output<typeof schema>;

const SHAPES = new Map<string | number | undefined, object>([
  [undefined, shape],
  ['app', appShape],
  ['ask', askShape],
  ['expect', expectShape],
]);

/** JSON Schema of `x-demo`, for editors. */
export function xDemoSchema(): object {
  return { title: 'x-demo', ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) };
}

/** Reads `x-demo`; `at` is where it stands. */
export function readXDemo(value: Tree, at: TreePath): { xDemo: XDemo; problems: ModelProblem[] } {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return { xDemo: parsed.data, problems: [] };
  return { xDemo: {}, problems: parsed.error.issues.flatMap((issue) => toProblems(issue, value, at)) };
}

function toProblems(issue: z.core.$ZodIssue, input: Tree, before: TreePath): ModelProblem[] {
  const inner = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  const at = [...before, ...inner];
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(SHAPES.get(inner[0]) ?? {});
    return issue.keys.map((key) => ({
      code: 'unknown-key',
      message: `"${key}" in ${toName(at)} is not a key that demos know.`,
      hint: `Known here: ${known.join(', ')}.`,
      path: [...at, key],
      isKey: true,
    }));
  }
  const value = inner.reduce<unknown>(
    (found, key) => (found as Record<string, unknown> | undefined)?.[key],
    input,
  );
  if (value === undefined && inner.length > 0) {
    const key = String(inner.at(-1));
    const where = toName(at.slice(0, -1));
    return [
      {
        code: 'missing-key',
        message: `${where} has no "${key}".`,
        hint: `Add "${key}".`,
        path: at.slice(0, -1),
      },
    ];
  }
  const message = `${toName(at)} can't be ${JSON.stringify(value).slice(0, 80)}.`;
  const hint = `${issue.message.charAt(0).toUpperCase()}${issue.message.slice(1)}.`;
  return [{ code: 'bad-value', message, hint, path: at }];
}
