import type { TreePath } from './tree.ts';

/** Something wrong at a place of the model, before the place becomes file, line and column. */
export interface ModelProblem {
  code: string;
  message: string;
  hint: string;
  path: TreePath;
  severity?: 'warning';
  /** The key itself is meant, not its value. */
  isKey?: boolean;
  /** The file that it is in, where that is certain. */
  file?: string;
  /** Lines and columns from 1, where the path can't tell. */
  place?: { line: number; column: number };
  /** An error that the demo runs with all the same: a prepared edit that doesn't fit. */
  isHarmless?: true;
}

/** A project that can't be read any further: what is wrong, all at once. */
export class ComposeError extends Error {
  override readonly name = 'ComposeError';
  readonly problems: readonly ModelProblem[];

  constructor(problems: readonly ModelProblem[]) {
    super(problems[0]?.message);
    this.problems = problems;
  }
}

/** `services.web.ports[0]` */
export function toName(path: readonly PropertyKey[]): string {
  return path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
