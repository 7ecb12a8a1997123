/** The drawing area of every scene, in SVG units. */
export const WIDTH = 960;
export const HEIGHT = 540;

/** A picture that moves: frame n of `frames` is `draw(n / frames)`, so the last frame flows into the first. */
export interface Scene {
  /** File name in img/. */
  file: string;
  /** Width of the GIF in pixels. */
  width: number;
  frames: number;
  /** Time each frame stays; GIF counts in hundredths of a second. */
  delayMs: number;
  /** Time in [0, 1) to the SVG elements of that moment. The same time always gives the same text. */
  draw: (time: number) => string;
}
