import type { ErrorObject } from 'ajv';
import { toName, type ModelProblem } from '../model/problem.ts';
import { asText, entries, isMapping, own, type Mapping, type Tree, type TreePath } from '../model/tree.ts';
import spec from './compose-spec.json' with { type: 'json' };

/** More than anybody reads: a file of nothing but mistakes must not take longer than that. */
const MAX_PROBLEMS = 50;

/** What the specification's own schema finds wrong with a model, most specific first. */
export async function checkSchema(model: Mapping): Promise<ModelProblem[]> {
  const { validate } = await import('./validate.ts');
  const hidden = hiddenKeys(model);
  const found = validate(model) ? hidden : [...hidden, ...toProblems(validate.errors ?? [], model)];
  return found.slice(0, MAX_PROBLEMS);
}

/** The validator looks keys up in an object of its own, which knows those that every object has. */
function hiddenKeys(model: Mapping): ModelProblem[] {
  return entries(own(model, 'services')).flatMap(([name, service]) =>
    entries(service).flatMap(([key]) => (key in {} ? [unknownKey(['services', name], key, [])] : [])),
  );
}

/** Of a choice of forms, what is wrong with the one that was meant says most: the deepest. */
function toProblems(errors: readonly ErrorObject[], model: Mapping): ModelProblem[] {
  const told = errors.filter(
    ({ keyword }) => !['oneOf', 'anyOf', 'allOf', '$ref', 'if', 'false schema'].includes(keyword),
  );
  const byPlace = new Map<string, ErrorObject[]>();
  for (const error of told)
    byPlace.set(error.instancePath, [...(byPlace.get(error.instancePath) ?? []), error]);
  const places = [...byPlace.keys()];
  return [...byPlace].flatMap(([place, here]): ModelProblem[] => {
    const isOuter = places.some((other) => other !== place && other.startsWith(`${place}/`));
    if (isOuter && isKindOnly(here)) return [];
    const path = toPath(place, model);
    const others = here.filter((error) => !isUnknownKey(error));
    const isMap = isMapping(valueAt(model, path));
    return [
      ...(isMap ? unknownKeys(here, path) : []),
      ...(others.length > 0 && !(isMap && isKindOnly(others) && here.some(isUnknownKey))
        ? [toProblem(others, path, valueAt(model, path))]
        : []),
    ];
  });
}

/** Only other kinds of value were expected: of a choice of forms, the author may have meant another one. */
function isKindOnly(errors: readonly ErrorObject[]): boolean {
  return errors.every((error) => error.keyword === 'type' || error.keyword === 'false schema');
}

function isUnknownKey({ keyword }: ErrorObject): boolean {
  return keyword === 'additionalProperties' || keyword === 'unevaluatedProperties';
}

function unknownKeys(errors: readonly ErrorObject[], path: TreePath): ModelProblem[] {
  const keys = new Set(
    errors
      .filter(isUnknownKey)
      .map(({ params }) => String(params['additionalProperty'] ?? params['unevaluatedProperty'])),
  );
  const known = new Set(errors.filter(isUnknownKey).flatMap((error) => knownKeys(error, path)));
  // A value that is wrong makes its key look unknown as well.
  return [...keys].filter((key) => !known.has(key)).map((key) => unknownKey(path, key, [...known]));
}

function unknownKey(path: TreePath, key: string, known: readonly string[]): ModelProblem {
  const where = path.length === 0 ? 'the file' : toName(path);
  const close = known.find((candidate) => isClose(key, candidate));
  const hint = close === undefined ? toKeyHint(known) : `Did you mean "${close}"?`;
  const message = `"${key}" in ${where} is not a key that Compose knows.`;
  return { code: 'unknown-key', message, hint, path: [...path, key], isKey: true };
}

function toKeyHint(known: readonly string[]): string {
  return known.length === 0 || known.length > 25
    ? 'Take it out.'
    : `Take it out. Known here: ${known.join(', ')}.`;
}

interface Schema {
  $defs?: Record<string, Schema>;
  properties?: Record<string, Schema>;
  oneOf?: Schema[];
}

const { $defs: DEFINITIONS = {}, properties: TOP = {} } = spec as Schema;

/** Which keys there are beside an unknown one. */
function knownKeys({ schemaPath }: ErrorObject, path: TreePath): string[] {
  if (path.length === 0) return Object.keys(TOP);
  if (path.length === 2 && path[0] === 'services')
    return ['container_spec', 'workload_spec', 'service'].flatMap((name) => keysOf(DEFINITIONS[name]));
  const [, name = ''] = /#\/\$defs\/(\w+)\//u.exec(schemaPath) ?? [];
  const inWorkload = DEFINITIONS['workload_spec']?.properties?.[String(path.at(-1))];
  const found = keysOf(DEFINITIONS[name]);
  return found.length > 0 ? found : keysOf(inWorkload);
}

/** The keys of a map, or of the form of something that is a map. */
function keysOf(shape: Schema | undefined): string[] {
  const form =
    shape?.properties ?? shape?.oneOf?.find(({ properties }) => properties !== undefined)?.properties;
  return Object.keys(form ?? {});
}

function toProblem(errors: readonly ErrorObject[], path: TreePath, value: Tree | undefined): ModelProblem {
  const [first] = errors;
  const missing = errors.find(({ keyword }) => keyword === 'required');
  if (missing !== undefined) {
    const key = asText(missing.params['missingProperty']);
    const where = path.length === 0 ? 'the file' : toName(path);
    return { code: 'missing-key', message: `${where} has no "${key}".`, hint: `Add "${key}".`, path };
  }
  const expected = [...new Set(errors.flatMap(toExpected))];
  const name = path.length === 0 ? 'The file' : toName(path);
  const shown = value === undefined ? 'left out' : shorten(JSON.stringify(value));
  const hint =
    expected.length === 0
      ? `It ${first?.message ?? 'is not what Compose expects'}.`
      : `Expected ${joined(expected)}.`;
  const message = value === null ? `${name} has no value.` : `${name} can't be ${shown}.`;
  return { code: 'bad-value', message, hint, path };
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
  null: 'nothing',
};

function toExpected({ keyword, params }: ErrorObject): string[] {
  switch (keyword) {
    case 'type':
      return [params['type'] as string | string[]].flat().map((type) => KINDS[type] ?? type);
    case 'enum':
      return (params['allowedValues'] as unknown[]).map((one) => JSON.stringify(one));
    case 'pattern':
      return [`a text like ${String(params['pattern'])}`];
    case 'minimum':
      return [`at least ${String(params['limit'])}`];
    case 'maximum':
      return [`at most ${String(params['limit'])}`];
    case 'uniqueItems':
      return ['a list that has nothing twice'];
    default:
      return [];
  }
}

function joined(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function toPath(pointer: string, model: Mapping): TreePath {
  let value: Tree | undefined = model;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(value) ? Number(key) : key;
      value = valueAt(value ?? null, [step]);
      return step;
    });
}

function valueAt(model: Tree, path: TreePath): Tree | undefined {
  let value: Tree | undefined = model;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, Tree>)[key];
  }
  return value;
}

/** Equal but for case, - and _, one letter more, less or other, or two swapped. */
function isClose(a: string, b: string): boolean {
  const [x = '', y = ''] = [a, b].map((text) => text.toLowerCase().replaceAll(/[-_]/gu, ''));
  if (Math.abs(x.length - y.length) > 1) return false;
  let start = 0;
  while (start < x.length && x[start] === y[start]) start += 1;
  const [restX, restY] = [x.slice(start), y.slice(start)];
  const isSwapped = restX[0] === restY[1] && restX[1] === restY[0];
  return (
    restX.slice(1) === restY.slice(1) ||
    restX.slice(1) === restY ||
    restX === restY.slice(1) ||
    (isSwapped && restX.slice(2) === restY.slice(2))
  );
}
