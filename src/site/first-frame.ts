/** The blocks of a GIF that matter here. Source: GIF89a specification, sections 17 to 27. */
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;

export function isAnimatedGif(bytes: Uint8Array): boolean {
  const end = endOfFirstImage(bytes);
  return end !== undefined && findImage(bytes, end) !== undefined;
}

/** The same GIF without any picture after its first; other files as they are. */
export function firstFrameOnly(bytes: Uint8Array): Uint8Array {
  const end = endOfFirstImage(bytes);
  if (end === undefined) return bytes;
  const still = new Uint8Array(end + 1);
  still.set(bytes.subarray(0, end));
  still[end] = TRAILER;
  return still;
}

function endOfFirstImage(bytes: Uint8Array): number | undefined {
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== 'GIF8') return undefined;
  const afterColours = 13 + colourBytes(bytes[10] ?? 0);
  const image = findImage(bytes, afterColours);
  if (image === undefined) return undefined;
  // Its place and size, its colours, and how long its first codes are.
  return endOfParts(bytes, image + 10 + colourBytes(bytes[image + 9] ?? 0) + 1);
}

/** Where the next picture begins. */
function findImage(bytes: Uint8Array, from: number): number | undefined {
  let at = from;
  while (bytes[at] === EXTENSION) at = endOfParts(bytes, at + 2);
  return bytes[at] === IMAGE ? at : undefined;
}

/** Data comes in parts with their length in front; a part of length 0 ends it. */
function endOfParts(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const length = bytes[at] ?? 0;
    at += 1 + length;
    if (length === 0 || at >= bytes.length) return at;
  }
}

/** How long a table of colours is, from the flags that announce it. */
function colourBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}
