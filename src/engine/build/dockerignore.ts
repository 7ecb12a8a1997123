import path from 'node:path';
import { UserError } from '../../demo/user-error.ts';
import { compilePattern, type Pattern } from './ignore-pattern.ts';

/** The rules of a `.dockerignore`. */
export interface Ignores {
  /** Whether a path (with `/`, relative to the context) is left out. */
  leavesOut(file: string): boolean;
  /** What it has cost so far: whoever asks for many paths lets others have a turn. */
  readonly steps: number;
}

interface Rule {
  pattern: Pattern;
  /** `!`: brings back what a rule before left out. */
  bringsBack: boolean;
}

/** Far more than any context takes, and seconds at most: patterns by somebody else must not keep a build busy for ever. */
const MAX_STEPS = 2_000_000_000;

/** As Docker reads it. Source: moby/patternmatcher, `ignorefile.ReadAll` and `MatchesOrParentMatches`. */
export function parseDockerignore(text: string): Ignores {
  const rules = text
    .replace(/^\uFEFF/u, '')
    .split(/\r?\n/u)
    .flatMap((line, i) => toRule(line, i + 1) ?? []);
  let steps = 0;
  return {
    get steps() {
      return steps;
    },
    leavesOut: (file) => {
      let isOut = false;
      for (const { pattern, bringsBack } of rules) {
        // It would change nothing.
        if (bringsBack !== isOut) continue;
        const answer = pattern.matches(file);
        steps += answer.steps;
        if (answer.matches) isOut = !bringsBack;
      }
      if (steps > MAX_STEPS) throw tooMuch();
      return isOut;
    },
  };
}

function toRule(line: string, number: number): Rule | undefined {
  if (line.startsWith('#') || line.trim() === '') return undefined;
  const bringsBack = line.trim().startsWith('!');
  const written = bringsBack ? line.trim().slice(1).trim() : line.trim();
  if (written === '') throw bad(number, 'there is nothing after "!"');
  const cleaned = clean(written);
  const pattern = compilePattern(cleaned.length > 1 ? cleaned.replace(/^\//u, '') : cleaned);
  if (pattern === undefined) throw bad(number, `"${line.trim()}" is no pattern`);
  return { pattern, bringsBack };
}

/** Go's `filepath.Clean`. */
function clean(pattern: string): string {
  const slashed = process.platform === 'win32' ? pattern.replaceAll('\\', '/') : pattern;
  return path.posix.normalize(slashed).replace(/(?<=.)\/$/u, '');
}

function bad(line: number, what: string): UserError {
  const hint = 'Close every bracket; a name with a bracket in it takes a backslash before it.';
  return new UserError('bad-dockerignore', `.dockerignore, line ${line}: ${what}.`, hint);
}

function tooMuch(): UserError {
  const message = 'The patterns of .dockerignore take too long to compare with so many files.';
  return new UserError('bad-dockerignore', message, 'Write fewer or simpler ones.');
}
