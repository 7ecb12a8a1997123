import type { Dockerfile, Instruction } from './dockerfile.ts';

interface Stage {
  name: string;
  base: string;
  instructions: Instruction[];
}

/**
 * The images that a build needs from elsewhere, so that they can be pulled first, with progress, by either builder.
 * Only stages that the target is made from count. Names that depend on what can't be known here are left out.
 */
export function findBaseImages(
  dockerfile: Dockerfile,
  args: Record<string, string>,
  target?: string,
): string[] {
  const stages = toStages(dockerfile, args);
  const wanted = target === undefined ? stages.length - 1 : findStage(stages, target);
  const images = new Set<string>();
  const seen = new Set<number>();
  const visit = (index: number): void => {
    const stage = stages[index];
    if (stage === undefined || seen.has(index)) return;
    seen.add(index);
    for (const name of [stage.base, ...sourcesOf(stage)]) {
      const other = findStage(stages.slice(0, index), name);
      if (other !== -1) visit(other);
      else if (name !== 'scratch' && name !== '' && !name.includes('$')) images.add(name);
    }
  };
  visit(wanted);
  return [...images];
}

/** The base of each stage, its build arguments filled in. */
export function toStages(dockerfile: Dockerfile, args: Record<string, string>): Stage[] {
  const stages: Stage[] = [];
  const known: Record<string, string> = {};
  for (const instruction of dockerfile.instructions) {
    if (instruction.stage === -1 && instruction.verb === 'ARG') collectArg(instruction, args, known);
    if (instruction.verb === 'FROM') stages.push(toStage(instruction, known));
    else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

function toStage(from: Instruction, known: Record<string, string>): Stage {
  const words = from.text.split(' ').slice(1);
  const [base = '', as = '', name = ''] = words.filter((word) => !word.startsWith('--'));
  const isNamed = as.toLowerCase() === 'as';
  return { name: isNamed ? name.toLowerCase() : '', base: fillIn(base, known), instructions: [] };
}

/** `ARG NAME=default` before the first FROM; the build's own arguments win. */
function collectArg(
  instruction: Instruction,
  args: Record<string, string>,
  known: Record<string, string>,
): void {
  for (const word of instruction.text.split(' ').slice(1)) {
    const [name = '', ...rest] = word.split('=');
    const value = args[name] ?? rest.join('=').replace(/^(["'])(.*)\1$/u, '$2');
    known[name] = fillIn(value, known);
  }
}

/** `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}`. */
function fillIn(text: string, known: Record<string, string>): string {
  return text.replace(
    /\$(?:(?<plain>\w+)|\{(?<name>\w+)(?::(?<sign>[-+])(?<word>[^}]*))?\})/gu,
    (_all, plain?: string, name?: string, sign?: string, word?: string) => {
      const value = known[plain ?? name ?? ''] ?? '';
      if (sign === '-') return value === '' ? (word ?? '') : value;
      if (sign === '+') return value === '' ? '' : (word ?? '');
      return value;
    },
  );
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
