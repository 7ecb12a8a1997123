import { randomBytes } from 'node:crypto';
import { mediaType } from '../files/media-type.ts';
import { toDataUrl } from './data-url.ts';
import { firstFrameOnly } from './first-frame.ts';
import type { DeckFile } from './publication.ts';

/**
 * Words that stand for files in a text, and become `data:` addresses with their content while the text is written: all of a deck's
 * pictures may be more than memory, or one string, can hold. A mark is letters and digits, which no escaping changes.
 */
export class FileMarks {
  readonly #word = `deckhandfile${randomBytes(8).toString('hex')}x`;
  readonly #files: { file: DeckFile; isStill: boolean }[] = [];

  /** `isStill`: only the first frame of an animated picture. */
  add(file: DeckFile, isStill: boolean): string {
    return `${this.#word}${this.#files.push({ file, isStill }) - 1}x`;
  }

  /** The text piece by piece, each mark as the address that it stands for. */
  async *fill(text: string): AsyncGenerator<string> {
    const parts = text.split(new RegExp(`${this.#word}(\\d+)x`));
    for (const [i, part] of parts.entries()) {
      if (i % 2 === 0) {
        yield part;
        continue;
      }
      const found = this.#files[Number(part)];
      if (found === undefined) continue;
      const { file, isStill } = found;
      if (isStill) yield toDataUrl(file.path, firstFrameOnly(await file.read()));
      else {
        yield `data:${mediaType(file.path)};base64,`;
        yield* toBase64(file.pieces());
      }
    }
  }
}

/** Three bytes are four letters: what is left of a piece goes before the next. */
async function* toBase64(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece]);
    const whole = bytes.length - (bytes.length % 3);
    yield bytes.toString('base64', 0, whole);
    rest = Buffer.from(bytes.subarray(whole));
  }
  if (rest.length > 0) yield rest.toString('base64');
}
