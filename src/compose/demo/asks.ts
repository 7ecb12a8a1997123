/** What a project asks for beyond the default: each is refused until the person at this laptop has allowed it. */
import type { TreePath } from '../model/tree.ts';

export interface Ask {
  /** Where it stands in the model. */
  path: TreePath;
  /** What it gives to whom, in plain words: `"web" can do anything on this machine (privileged: true)`. */
  text: string;
}

/** A stable form of a project's asks: an answer holds for exactly these. */
export function toAskKeys(asks: readonly Ask[]): string[] {
  return [...new Set(asks.map(({ text }) => text))].toSorted();
}
