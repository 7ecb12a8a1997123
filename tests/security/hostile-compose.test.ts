import { describe, expect, test } from 'vitest';
import { parseDemo } from '../compose/parse-demo.ts';

const repeat = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('');
const withServices = (services: string): string => `name: x\nservices:\n${services}`;

/** Code, line and message of what is told first. */
async function firstProblem(text: string): Promise<string> {
  const parsed = await parseDemo(text);
  if (parsed.demo !== undefined) throw new Error('there is nothing wrong with it');
  const [first] = parsed.diagnostics;
  expect(parsed.diagnostics.length).toBeLessThanOrEqual(20);
  return `${first?.line} ${first?.code} ${first?.message}`;
}

/** Longer than any of these takes on a slow machine, and shorter than any of them took without bounds. */
const QUICK_MS = 6000;

describe('a Compose file made to hold up the start is refused quickly:', () => {
  test.each<[string, string, RegExp]>([
    [
      '20,000 services',
      withServices(repeat(20_000, (i) => `  s${i}: {image: a}\n`)),
      /^3 too-many .* 20000 services/u,
    ],
    ['51 services', withServices(repeat(51, (i) => `  s${i}: {image: a}\n`)), /^3 too-many .* 51 services/u],
    [
      'a chain of 1,000 that depend on each other',
      withServices(
        `${repeat(1000, (i) => `  s${i}: {image: a, depends_on: [s${i + 1}]}\n`)}  s1000: {image: a}\n`,
      ),
      /too-(?:large|many)/u,
    ],
    ['200,000 keys', repeat(200_000, (i) => `k${i}: 1\n`), /^1 too-large/u],
    ['4,000 keys', repeat(4000, (i) => `k${i}:\n`), /missing-key|unknown-key/u],
    ['one key, 6,000 times', 'a: \n'.repeat(6000), /^2 bad-yaml .*appears twice/u],
    ['brackets that are never closed', '['.repeat(31_000), /bad-yaml .*nested too deeply/u],
    ['braces', '{a: '.repeat(7000), /bad-yaml .*nested too deeply/u],
    ['dashes', '- '.repeat(15_000), /bad-yaml .*nested too deeply/u],
    ['question marks', '? '.repeat(15_000), /bad-yaml .*nested too deeply/u],
    ['commas', `[${','.repeat(31_000)}`, /bad-yaml/u],
    ['quotes', '"'.repeat(31_000), /bad-yaml/u],
    ['escapes', `a: "${String.raw`\u`.repeat(15_000)}"`, /bad-yaml/u],
    ['dollar signs', withServices(`  a: {image: b, command: [${'"${a",'.repeat(5000)}]}`), /variable/u],
    [
      'templates in templates',
      withServices(`  a: {image: "${'${A:-'.repeat(5000)}x${'}'.repeat(5000)}"}`),
      /variable/u,
    ],
    [
      'merge keys that double',
      `a: &a {k: v}\n${repeat(60, (i) => `b${i}: &b${i} {<<: [*a, *${i === 0 ? 'a' : `b${i - 1}`}]}\n`)}`,
      /bad-yaml .*repeat too much/u,
    ],
    ['5 MB', `# ${'x'.repeat(5_000_000)}\n`, /^1 too-large/u],
  ])(
    '%s',
    async (_what, text, expected) => {
      expect(await firstProblem(text)).toMatch(expected);
    },
    QUICK_MS,
  );
});

describe('names that every object knows are names like any other:', () => {
  test('a service called "constructor" that is not there', async () => {
    expect(await firstProblem(withServices('  a: {image: b, depends_on: [constructor]}'))).toMatch(
      /needs "constructor", and there is no such service/u,
    );
    const app = 'x-demo: {app: {service: constructor, port: 80}}';
    expect(await firstProblem(withServices(`  a: {image: b}\n${app}`))).toMatch(
      /there is no service "constructor"/u,
    );
  });

  test('a volume called "constructor" that is not declared', async () => {
    expect(await firstProblem(withServices('  a: {image: b, volumes: ["constructor:/data"]}'))).toMatch(
      /"constructor", which is not declared/u,
    );
  });

  test('keys called "constructor" and "__proto__"', async () => {
    expect(await firstProblem(withServices('  a: {image: b, constructor: 1}'))).toMatch(/unknown-key/u);
    expect(await firstProblem(withServices('  a: {image: b}\n__proto__: {}'))).toMatch(/__proto__/u);
  });

  test('a demo and a service called "constructor" that are there', async () => {
    const text =
      'name: constructor\nservices: {constructor: {image: a}, b: {image: a, depends_on: [constructor]}}';
    const { demo } = await parseDemo(text, 'constructor');
    expect(demo?.services.map(({ name }) => name)).toEqual(['constructor', 'b']);
  });
});

test.each([
  String.raw`volumes: ["./a\0b:/data"]`,
  String.raw`volumes: ["./a:/da\0ta"]`,
  String.raw`working_dir: "/a\0"`,
  String.raw`environment: {A: "\0"}`,
  String.raw`environment: {"\0": a}`,
  String.raw`build: "\0"`,
])('a NUL character is refused where it is written: %s', async (line) => {
  expect(await firstProblem(withServices(`  a:\n    image: b\n    ${line}\n`))).toMatch(/^5 bad-yaml .*NUL/u);
});

test.each([
  ['stop_grace_period: 100h', /^5 bad-value services\.a\.stop_grace_period can't be "100h"/u],
  ['healthcheck: {test: [NONE], interval: 9999999h}', /^5 bad-value .*interval/u],
])('a time that Reset, Ctrl+C or a timer would never end is refused: %s', async (line, expected) => {
  expect(await firstProblem(withServices(`  a:\n    image: b\n    ${line}\n`))).toMatch(expected);
});
