/**
 * Ms since 1970, by the clock as it was when this process began. It only ever counts on: when the laptop's clock is put right in the
 * middle of a talk, the talk's time stays what it is.
 */
export function steadyNow(): number {
  return Math.round(performance.timeOrigin + performance.now());
}
