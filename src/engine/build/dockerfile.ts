/** One instruction of a Dockerfile. Lines count from 1. */
export interface Instruction {
  /** Its number in the file, from 1: what our events call a step. */
  step: number;
  line: number;
  /** In capitals: `RUN`. */
  verb: string;
  /** All of it on one line, white space collapsed. */
  text: string;
  /** Which FROM it belongs to, from 0; -1 before the first. */
  stage: number;
}

export interface Dockerfile {
  instructions: Instruction[];
  /** `# syntax=…` and `# escape=…`, names in lower case. */
  directives: Map<string, string>;
}

/**
 * Finds the instructions and their lines: continuations, comments and empty lines between them, here-documents, the escape
 * directive. Source: docs.docker.com/reference/dockerfile.
 */
export function parseDockerfile(text: string): Dockerfile {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r?\n/u);
  const directives = parseDirectives(lines);
  const escape = directives.get('escape') === '`' ? '`' : '\\';
  const instructions: Instruction[] = [];
  let stage = -1;
  for (let index = 0; index < lines.length;) {
    const { joined, next } = joinContinuations(lines, index, escape);
    if (joined !== '') {
      const verb = (/^\S+/u.exec(joined)?.[0] ?? '').toUpperCase();
      if (verb === 'FROM') stage += 1;
      instructions.push({
        step: instructions.length + 1,
        line: index + 1,
        verb,
        text: collapse(joined),
        stage,
      });
      index = skipHeredocs(lines, next, verb, joined);
    } else index = next;
  }
  return { instructions, directives };
}

/** Directives stand at the top, before anything else, even before other comments. */
function parseDirectives(lines: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of lines) {
    const match = /^#\s*(?<name>[a-z]+)\s*=\s*(?<value>.+?)\s*$/iu.exec(line);
    if (match?.groups === undefined) break;
    const { name = '', value = '' } = match.groups;
    found.set(name.toLowerCase(), value);
  }
  return found;
}

function joinContinuations(
  lines: readonly string[],
  from: number,
  escape: string,
): { joined: string; next: number } {
  let joined = '';
  let index = from;
  for (; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const isBlank = /^\s*(?:#|$)/u.test(line);
    if (isBlank && joined === '') return { joined: '', next: index + 1 };
    if (isBlank) continue;
    const body = line.trimEnd();
    const continues = body.endsWith(escape);
    joined += continues ? body.slice(0, -1) : body;
    if (!continues) return { joined: joined.trim(), next: index + 1 };
  }
  return { joined: joined.trim(), next: index };
}

/** The lines after `RUN <<EOF` up to `EOF` are its input, not instructions. */
function skipHeredocs(lines: readonly string[], from: number, verb: string, text: string): number {
  if (!['RUN', 'COPY', 'ADD'].includes(verb)) return from;
  let index = from;
  for (const match of text.matchAll(/(?<!<)<<(?<dash>-?)(?<quote>["']?)(?<word>\w+)\k<quote>/gu)) {
    const { dash, word } = match.groups ?? {};
    const ends = (line: string): boolean => (dash === '-' ? line.replace(/^\t+/u, '') : line) === word;
    const end = lines.findIndex((line, i) => i >= index && ends(line));
    // One that never ends is the builder's to complain about.
    if (end === -1) return index;
    index = end + 1;
  }
  return index;
}

function collapse(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
