import { crc32 } from 'node:zlib';

/** PNG begins with eight bytes of signature, then chunks: length, type, data, CRC (PNG specification, section 5). */
const SIGNATURE_BYTES = 8;
const FRAME_BYTES = 12;

interface Chunk {
  type: string;
  data: Buffer;
  end: number;
}

function* chunksOf(png: Buffer): Generator<Chunk> {
  let start = SIGNATURE_BYTES;
  while (start < png.length) {
    const length = png.readUInt32BE(start);
    const end = start + length + FRAME_BYTES;
    const type = png.toString('latin1', start + 4, start + 8);
    yield { type, data: png.subarray(start + 8, start + 8 + length), end };
    start = end;
  }
}

/** A PNG with a text beside its picture: a tEXt chunk (section 11.3.3) right after the header. Latin-1 only. */
export function withText(png: Buffer, keyword: string, text: string): Buffer {
  const [header] = chunksOf(png);
  if (header === undefined) throw new Error('This PNG has no header');
  const body = Buffer.from(`tEXt${keyword}\0${text}`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length - 4);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([png.subarray(0, header.end), length, body, check, png.subarray(header.end)]);
}

/** The text under this keyword, if the PNG has one. */
export function readText(png: Buffer, keyword: string): string | undefined {
  for (const { type, data } of chunksOf(png)) {
    const [name, text] = data.toString('latin1').split('\0');
    if (type === 'tEXt' && name === keyword) return text;
  }
  return undefined;
}
