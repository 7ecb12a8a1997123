import type { Dockerfile, Instruction } from './dockerfile.ts';

interface Stage {
  /** In lower case; empty when it has none. */
  name: string;
  base: string;
  from: Instruction;
  /** Those after FROM. */
  instructions: Instruction[];
}

/** An image that a build needs from elsewhere. */
export interface BaseImage {
  name: string;
  /** The FROM that names it, when it is one. */
  from?: Instruction;
}

/**
 * The images that a build needs, so that they can be pulled first, with progress, by either builder. Only stages that the
 * target is made from count. Names that depend on what can't be known here are left to the builder.
 */
export function findBaseImages(
  dockerfile: Dockerfile,
  args: Record<string, string>,
  target?: string,
): BaseImage[] {
  const stages = toStages(dockerfile, args);
  const images = new Map<string, BaseImage>();
  const seen = new Set<number>();
  const visit = (index: number): void => {
    const stage = stages[index];
    if (stage === undefined || seen.has(index)) return;
    seen.add(index);
    const add = (image: BaseImage): void => {
      const other = findStage(stages.slice(0, index), image.name);
      const isImage = image.name !== 'scratch' && image.name !== '' && !image.name.includes('$');
      if (other !== -1) visit(other);
      else if (isImage && !images.has(image.name)) images.set(image.name, image);
    };
    add({ name: stage.base, from: stage.from });
    for (const name of sourcesOf(stage)) add({ name });
  };
  visit(target === undefined ? stages.length - 1 : findStage(stages, target));
  return [...images.values()];
}

/** The base of each stage, its build arguments filled in. */
export function toStages(dockerfile: Dockerfile, args: Record<string, string>): Stage[] {
  const stages: Stage[] = [];
  const known = new Map<string, string>();
  for (const instruction of dockerfile.instructions) {
    if (instruction.stage === -1 && instruction.verb === 'ARG') collectArg(instruction, args, known);
    if (instruction.verb === 'FROM') stages.push(toStage(instruction, known));
    else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

function toStage(from: Instruction, known: ReadonlyMap<string, string>): Stage {
  const words = from.text.split(' ').slice(1);
  const [base = '', as = '', name = ''] = words.filter((word) => !word.startsWith('--'));
  const isNamed = as.toLowerCase() === 'as';
  return { name: isNamed ? name.toLowerCase() : '', base: fillIn(base, known), from, instructions: [] };
}

/** `ARG NAME=default` before the first FROM; the build's own arguments win. */
function collectArg(
  instruction: Instruction,
  args: Record<string, string>,
  known: Map<string, string>,
): void {
  for (const word of instruction.text.split(' ').slice(1)) {
    const [name = '', ...rest] = word.split('=');
    const given = Object.hasOwn(args, name) ? args[name] : undefined;
    const value = given ?? rest.join('=').replace(/^(["'])(.*)\1$/u, '$2');
    known.set(name, fillIn(value, known));
  }
}

/** Longer than any image's name; arguments made of each other could grow without end. */
const LONGEST_VALUE = 4000;

/** `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}`. */
function fillIn(text: string, known: ReadonlyMap<string, string>): string {
  const filled = text.replace(
    /\$(?:(?<plain>\w+)|\{(?<name>\w+)(?::(?<sign>[-+])(?<word>[^}]*))?\})/gu,
    (_all, plain?: string, name?: string, sign?: string, word?: string) => {
      const value = known.get(plain ?? name ?? '') ?? '';
      if (sign === '-') return value === '' ? (word ?? '') : value;
      if (sign === '+') return value === '' ? '' : (word ?? '');
      return value;
    },
  );
  return filled.length > LONGEST_VALUE ? text : filled;
}

/** By name, or by number; -1 when it is no stage of this file. */
function findStage(stages: readonly Stage[], name: string): number {
  const byName = stages.findLastIndex((stage) => stage.name !== '' && stage.name === name.toLowerCase());
  if (byName !== -1) return byName;
  return /^\d+$/u.test(name) && Number(name) < stages.length ? Number(name) : -1;
}

/** What `COPY --from=` and `RUN --mount=…,from=` name. */
function sourcesOf(stage: Stage): string[] {
  return stage.instructions.flatMap(({ verb, text }) => {
    if (verb === 'COPY') return [...text.matchAll(/\s--from=(\S+)/gu)].map((match) => match[1] ?? '');
    if (verb === 'RUN')
      return [...text.matchAll(/\s--mount=\S*?\bfrom=([^\s,]+)/gu)].map((match) => match[1] ?? '');
    return [];
  });
}
