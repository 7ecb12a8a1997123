import type * as z from 'zod/mini';
import { badValue, type ComposeProblem, missingKey, unknownKey } from './compose-messages.ts';

type Issue = z.core.$ZodIssue;

/** What the schema found wrong, as problems for people. */
export function toProblems(
  issues: readonly Issue[],
  input: unknown,
  before: PropertyKey[] = [],
): ComposeProblem[] {
  return issues.flatMap((issue): ComposeProblem[] => {
    const path = [...before, ...issue.path];
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key));
    if (issue.code === 'invalid_union') {
      const meant = issue.errors.find((branch) => !branch.some(isOtherKind));
      if (meant !== undefined) return toProblems(meant, input, path);
    }
    if (issue.code === 'invalid_key')
      return [{ ...badValue(path, firstMessage(issue.issues), path.at(-1)), isKey: true }];
    if (path.length > 0 && valueAt(input, path) === undefined) return [missingKey(path)];
    return [badValue(path, issue.message, valueAt(input, path))];
  });
}

/** This branch of the union is not what the author had in mind: it wants a list where a map stands, or so. */
function isOtherKind(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_union');
}

function firstMessage(issues: readonly Issue[]): string {
  return issues[0]?.message ?? 'expected another name';
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
