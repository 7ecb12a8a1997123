import { toBitmap } from './bitmap.ts';

/** Whether a picture may be animated, by its address. */
export function mayMove(address: string): boolean {
  return /\.(?:gif|webp|a?png|avif)(?:[?#]|$)|^data:image\/(?:gif|webp|a?png|avif)/i.test(address);
}

/**
 * An animated picture stands still on paper: at the last frame of its first loop, where the author's point is made.
 * Gives the address of that frame; undefined for a picture that doesn't move, or that this page may not read.
 */
export async function lastFrame(
  address: string,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<string | undefined> {
  if (!mayMove(address)) return undefined;
  if (!('ImageDecoder' in globalThis)) return undefined;
  // Of another host: the page's policy lets it be shown, not read.
  const response = await fetch(address, { signal }).catch(() => undefined);
  if (response?.ok !== true) return undefined;
  const type = response.headers.get('Content-Type') ?? '';
  const isMoving = type === 'image/png' ? isAnimatedPng : undefined;
  const data = await readBody(response, isMoving, onProgress).catch(() => undefined);
  return data === undefined ? undefined : decodeLast(data, type).catch(() => undefined);
}

/** The whole file; undefined as soon as its beginning says that nothing in it moves. */
async function readBody(
  response: Response,
  isMoving: ((bytes: Uint8Array<ArrayBuffer>) => boolean | undefined) | undefined,
  onProgress: () => void,
): Promise<ArrayBuffer | undefined> {
  const reader = response.body?.getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let isKnown = isMoving === undefined;
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    onProgress();
    pieces.push(next.value);
    if (isKnown || isMoving === undefined) continue;
    const answer = isMoving(new Uint8Array(await new Blob(pieces).arrayBuffer()));
    if (answer === false) {
      await reader?.cancel();
      return undefined;
    }
    isKnown = answer === true;
  }
  return isKnown ? new Blob(pieces).arrayBuffer() : undefined;
}

async function decodeLast(data: ArrayBuffer, type: string): Promise<string | undefined> {
  const decoder = new ImageDecoder({ data, type });
  try {
    await decoder.tracks.ready;
    await decoder.completed;
    const frames = decoder.tracks.selectedTrack?.frameCount ?? 1;
    if (frames < 2) return undefined;
    const { image } = await decoder.decode({ frameIndex: frames - 1 });
    const { displayWidth: width, displayHeight: height } = image;
    const canvas = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    canvas?.drawImage(image, 0, 0);
    image.close();
    const pixels = canvas?.getImageData(0, 0, width, height);
    return pixels === undefined ? undefined : URL.createObjectURL(toBitmap(pixels));
  } finally {
    decoder.close();
  }
}

/** Its `acTL` chunk stands before the picture itself: https://www.w3.org/TR/png-3/#acTL-chunk. Undefined: more has to come. */
function isAnimatedPng(bytes: Uint8Array): boolean | undefined {
  const view = new DataView(bytes.buffer);
  for (let at = 8; at + 8 < bytes.length; at += view.getUint32(at) + 12) {
    const name = String.fromCodePoint(...bytes.subarray(at + 4, at + 8));
    if (name === 'acTL') return true;
    if (name === 'IDAT') return false;
  }
  return undefined;
}
