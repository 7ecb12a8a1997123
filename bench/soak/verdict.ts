import { median } from '../table.ts';

/** One figure over time, the first minutes left out: whether it has stopped growing. */
export interface Trend {
  early: number;
  late: number;
  isFlat: boolean;
}

/**
 * Compares the first third of the values with the last: medians, so that one moment of a build or a collection doesn't
 * count. Flat is what grew by no more than `share` of itself and `slack` beside that.
 */
export function toTrend(values: readonly number[], share: number, slack: number): Trend {
  const third = Math.max(1, Math.floor(values.length / 3));
  const early = median(values.slice(0, third));
  const late = median(values.slice(-third));
  return { early, late, isFlat: late <= early * (1 + share) + slack };
}
