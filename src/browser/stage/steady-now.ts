/** Ms since 1970, by the clock as it was when this page began: as src/server/steady-now.ts. Workers have a beginning of their own. */
export function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}
