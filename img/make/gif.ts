import gifenc, { type Rgb } from 'gifenc';
import type { Frame } from './frames.ts';

/** Few colours make long repeats, which is what GIF packs well; flat pictures with smooth edges look the same with 72. */
const MAX_COLOURS = 72;
/** Colours that fill at least this share of the sampled pixels are kept exactly; edges share what is left. */
const FLAT_SHARE = 0.0002;
const SAMPLED_FRAMES = 12;
/** A pixel that moves less than this (squared distance) to an edge colour stays as it is: nobody sees it, and it costs bytes. */
const UNSEEN = 600;

/**
 * Frames to an animated GIF that loops for ever: one palette for all, and each frame holds only the pixels that differ
 * from the frame before (the rest is transparent), which is what keeps it small.
 */
export function encodeGif(frames: Frame[], delayMs: number): Uint8Array {
  const { flat, edges } = choosePalette(frames);
  const palette = [...flat, ...edges];
  const same = palette.length;
  const table: Rgb[] = [...palette, [0, 0, 0]];
  const indexOf = nearestIn(palette);
  const alike = alikePairs(palette, flat.length);
  const encoder = gifenc.GIFEncoder();
  let shown: Uint8Array | undefined;
  for (const frame of frames) {
    const indexed = toIndexes(frame, indexOf);
    const options = { delay: delayMs, dispose: 1 };
    if (shown === undefined) {
      shown = indexed;
      encoder.writeFrame(indexed, frame.width, frame.height, { ...options, palette: table, repeat: 0 });
    } else {
      const changed = takeChanges(shown, indexed, alike, same);
      encoder.writeFrame(changed, frame.width, frame.height, {
        ...options,
        transparent: true,
        transparentIndex: same,
      });
    }
  }
  encoder.finish();
  return encoder.bytes();
}

/** Brings `shown` up to date with `now` and returns what that took; pixels that stay are `same`. */
function takeChanges(shown: Uint8Array, now: Uint8Array, alike: Uint8Array[], same: number): Uint8Array {
  return now.map((index, pixel) => {
    const before = shown[pixel] ?? index;
    if (alike[before]?.[index] === 1) return same;
    shown[pixel] = index;
    return index;
  });
}

/**
 * For each two colours of the palette, 1 where the eye takes the second for the first. A flat colour is always drawn:
 * what was an edge and is an area now must not leave a trace.
 */
function alikePairs(palette: Rgb[], flat: number): Uint8Array[] {
  return palette.map((one, before) =>
    Uint8Array.from(palette, (other, now) =>
      before === now || (now >= flat && distance(one, other) < UNSEEN) ? 1 : 0,
    ),
  );
}

interface Palette {
  flat: Rgb[];
  edges: Rgb[];
}

function choosePalette(frames: Frame[]): Palette {
  const step = Math.max(1, Math.floor(frames.length / SAMPLED_FRAMES));
  const counts = new Map<number, number>();
  let pixels = 0;
  for (let index = 0; index < frames.length; index += step) {
    for (const colour of coloursOf(frames[index])) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  for (const count of counts.values()) pixels += count;
  const byCount = [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]);
  const flat = byCount.filter(([, count]) => count >= pixels * FLAT_SHARE).slice(0, 44);
  const rest = byCount.slice(flat.length);
  const edges = rest.length === 0 ? [] : quantizeRest(rest, MAX_COLOURS - flat.length);
  return { flat: flat.map(([colour]) => toRgb(colour)), edges };
}

/** Edge colours, each weighed by how often it occurs (up to a bound: the list is only a sample). */
function quantizeRest(rest: [number, number][], room: number): Rgb[] {
  const bytes: number[] = [];
  for (const [colour, count] of rest) {
    const times = Math.min(12, Math.ceil(Math.sqrt(count)));
    for (let time = 0; time < times; time += 1) bytes.push(...toRgb(colour), 255);
  }
  return gifenc.quantize(new Uint8Array(bytes), room);
}

function* coloursOf(frame: Frame | undefined): Generator<number> {
  if (frame === undefined) return;
  const { rgba } = frame;
  for (let byte = 0; byte < rgba.length; byte += 4) yield colourAt(rgba, byte);
}

function colourAt(rgba: Uint8Array, byte: number): number {
  return ((rgba[byte] ?? 0) << 16) | ((rgba[byte + 1] ?? 0) << 8) | (rgba[byte + 2] ?? 0);
}

function toRgb(colour: number): Rgb {
  return [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];
}

function toIndexes(frame: Frame, indexOf: (colour: number) => number): Uint8Array {
  const indexed = new Uint8Array(frame.width * frame.height);
  for (let pixel = 0; pixel < indexed.length; pixel += 1) {
    indexed[pixel] = indexOf(colourAt(frame.rgba, pixel * 4));
  }
  return indexed;
}

/** A lookup that remembers: flat pictures have few colours and many pixels. */
function nearestIn(palette: Rgb[]): (colour: number) => number {
  const known = new Map<number, number>();
  return (colour) => {
    const found = known.get(colour) ?? nearest(palette, toRgb(colour));
    known.set(colour, found);
    return found;
  };
}

function nearest(palette: Rgb[], wanted: Rgb): number {
  const distances = palette.map((colour) => distance(colour, wanted));
  return distances.indexOf(Math.min(...distances));
}

function distance([r, g, b]: Rgb, [red, green, blue]: Rgb): number {
  return (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
}
