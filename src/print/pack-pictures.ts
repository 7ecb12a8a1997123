import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { PDFName, PDFNumber, PDFRawStream, type PDFContext } from '@cantoo/pdf-lib';

const unpack = promisify(inflate);
const pack = promisify(deflate);

const MAX_COLOURS = 256;
/** What has more is a photograph; looking at it takes time and memory for nothing. */
const MAX_DOTS = 40_000_000;
const AT_ONCE = 4;
/** zlib takes no smaller pieces. */
const LEAST_PIECE = 64;
/** More than most pictures need: bytes that are packed at once. */
const PIECE = 262_144;

/** Pictures with few colours (drawn ones, frames of GIFs) as numbers of a palette, not as three bytes a dot: a third smaller. */
export async function packPictures(context: PDFContext): Promise<void> {
  const pictures = context
    .enumerateIndirectObjects()
    .flatMap(([ref, object]) =>
      object instanceof PDFRawStream && isPlainPicture(object) ? [{ ref, object }] : [],
    );
  // A few at a time: unpacked, all of a talk's photographs may be more than memory holds.
  const worker = async () => {
    for (let next = pictures.shift(); next !== undefined; next = pictures.shift()) {
      const { ref, object } = next;
      const smaller = await toPalette(context, object).catch(() => undefined);
      if (smaller !== undefined) context.assign(ref, smaller);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** As Chromium writes them: red, green and blue, a byte each. A mask for what can be seen through is a picture of its own. */
function isPlainPicture({ dict }: PDFRawStream): boolean {
  const is = (key: string, value: string) => dict.get(PDFName.of(key))?.toString() === value;
  return (
    is('Subtype', '/Image') &&
    is('Filter', '/FlateDecode') &&
    is('BitsPerComponent', '8') &&
    !dict.has(PDFName.of('DecodeParms')) &&
    !dict.has(PDFName.of('Mask'))
  );
}

async function toPalette(context: PDFContext, picture: PDFRawStream): Promise<PDFRawStream | undefined> {
  const dots = numberOf(picture, 'Width') * numberOf(picture, 'Height');
  // In one piece: as many small ones as a picture has would each be waited for.
  if (!(dots >= 1 && dots <= MAX_DOTS)) return undefined;
  const pixels = await unpack(picture.contents, { chunkSize: Math.max(LEAST_PIECE, dots * 3 + 1) });
  const colourSpace = picture.dict.get(PDFName.of('ColorSpace'));
  if (colourSpace === undefined || pixels.length !== dots * 3) return undefined;
  const indexed = toIndexed(pixels, dots);
  if (indexed === undefined) return undefined;
  const contents = await pack(indexed.dots, { chunkSize: PIECE });
  if (contents.length + indexed.palette.length * 2 >= picture.contents.length) return undefined;
  const palette = context.obj(['Indexed', colourSpace, indexed.palette.length / 3 - 1]);
  palette.push(context.register(context.flateStream(indexed.palette)));
  const smaller = PDFRawStream.of(picture.dict, contents);
  smaller.dict.set(PDFName.of('ColorSpace'), palette);
  smaller.dict.set(PDFName.of('Length'), PDFNumber.of(contents.length));
  return smaller;
}

function numberOf({ dict }: PDFRawStream, key: string): number {
  const value = dict.get(PDFName.of(key));
  return value instanceof PDFNumber ? value.asNumber() : Number.NaN;
}

/** Undefined for a picture with more colours than a byte can name. */
function toIndexed(pixels: Uint8Array, dots: number): { dots: Uint8Array; palette: Uint8Array } | undefined {
  const known = new Map<number, number>();
  const indices = new Uint8Array(dots);
  let last = -1;
  let lastIndex = 0;
  for (let dot = 0, at = 0; dot < dots; dot += 1, at += 3) {
    const colour = ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
    if (colour !== last) {
      let index = known.get(colour);
      if (index === undefined) {
        index = known.size;
        if (index === MAX_COLOURS) return undefined;
        known.set(colour, index);
      }
      last = colour;
      lastIndex = index;
    }
    indices[dot] = lastIndex;
  }
  const palette = [...known.keys()].flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]);
  return { dots: indices, palette: Uint8Array.from(palette) };
}
