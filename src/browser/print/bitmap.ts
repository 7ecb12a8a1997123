const HEADER = 122;
const BITFIELDS = 3;

/**
 * Pixels as a file that the browser shows: a BMP with an alpha channel, which costs a copy. A canvas would make a PNG, which the
 * PDF packs in its own way anyway, and makes it only when the page has nothing else to do.
 * https://learn.microsoft.com/en-us/windows/win32/api/wingdi/ns-wingdi-bitmapv4header
 */
export function toBitmap({ data, width, height }: ImageData): Blob {
  const header = new DataView(new ArrayBuffer(HEADER));
  header.setUint16(0, 0x424d);
  header.setUint32(2, HEADER + data.length, true);
  header.setUint32(10, HEADER, true);
  header.setUint32(14, HEADER - 14, true);
  header.setInt32(18, width, true);
  // Upside down is how these files usually are.
  header.setInt32(22, -height, true);
  header.setUint16(26, 1, true);
  header.setUint16(28, 32, true);
  header.setUint32(30, BITFIELDS, true);
  header.setUint32(34, data.length, true);
  // Where red, green, blue and alpha are in a pixel.
  for (const [i, mask] of [0x0000_00ff, 0x0000_ff00, 0x00ff_0000, 0xff00_0000].entries()) {
    header.setUint32(54 + 4 * i, mask, true);
  }
  // "sRGB", as four letters.
  header.setUint32(70, 0x7352_4742, true);
  return new Blob([header, data], { type: 'image/bmp' });
}
