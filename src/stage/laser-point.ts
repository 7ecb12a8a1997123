/** Where a laser points on the slide: hundredths of its width and height, from its upper left corner. */
export interface LaserPoint {
  x: number;
  y: number;
  /** Lights a circle there and dims the rest, in the place of a dot. */
  isSpot?: boolean | undefined;
}

/** A point that nobody has repeated for this long is gone: the phone that sent it may be, too. In ms. */
export const LASER_FADES_MS = 1500;
