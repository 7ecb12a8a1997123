/** What a GIF says about itself. */
export interface GifFacts {
  width: number;
  height: number;
  /** How long each frame stays, in ms. */
  delays: number[];
  /** How often it plays again: 0 is for ever; undefined is once. */
  loops: number | undefined;
}

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;

/** Walks through the blocks of a GIF (GIF89a specification, W3C) without decoding its pixels. */
export function readGifFacts(gif: Buffer): GifFacts {
  if (gif.toString('latin1', 0, 6) !== 'GIF89a') throw new Error('Not a GIF89a');
  const facts: GifFacts = {
    width: gif.readUInt16LE(6),
    height: gif.readUInt16LE(8),
    delays: [],
    loops: undefined,
  };
  let at = 13 + tableBytes(gif.readUInt8(10));
  let delay = 0;
  while (gif.readUInt8(at) !== TRAILER) {
    const kind = gif.readUInt8(at);
    if (kind === EXTENSION) {
      const label = gif.readUInt8(at + 1);
      if (label === GRAPHIC_CONTROL) delay = gif.readUInt16LE(at + 4) * 10;
      if (label === APPLICATION && gif.toString('latin1', at + 3, at + 14) === 'NETSCAPE2.0') {
        facts.loops = gif.readUInt16LE(at + 16);
      }
      at = afterBlocks(gif, at + 2);
    } else if (kind === IMAGE) {
      facts.delays.push(delay);
      at = afterBlocks(gif, at + 11 + tableBytes(gif.readUInt8(at + 9)));
    } else throw new Error(`Unknown block ${kind} at byte ${at}`);
  }
  return facts;
}

function tableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

function afterBlocks(gif: Buffer, start: number): number {
  let at = start;
  while (gif.readUInt8(at) !== 0) at += gif.readUInt8(at) + 1;
  return at + 1;
}
