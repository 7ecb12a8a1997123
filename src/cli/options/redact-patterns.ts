import { UserError } from '../../demo/user-error.ts';

/** For commander: an option that may be given more than once. */
export function collectPatterns(text: string, before: readonly RegExp[] = []): RegExp[] {
  return [...before, toPattern(text)];
}

/** What `--redact` takes: a JavaScript regular expression, or `/…/i` for one that does not care about case. */
export function toPattern(text: string): RegExp {
  const slashed = /^\/(?<source>.+)\/(?<flags>i?)$/u.exec(text)?.groups;
  const source = slashed?.['source'] ?? text;
  try {
    return new RegExp(source, `gu${slashed?.['flags'] ?? ''}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const hint = String.raw`Write it as in JavaScript, in quotes: --redact 'user=\w+' or --redact '/session/i'`;
    throw new UserError('bad-pattern', `--redact "${text}" is no regular expression: ${why}`, hint);
  }
}
