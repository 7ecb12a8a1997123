import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Writable } from 'node:stream';

/** A stream that lets everything through, and knows its hash and length afterwards. */
export function createHasher(): { stream: Transform; result(): { sha256: string; size: number } } {
  const hash = createHash('sha256');
  let size = 0;
  const stream = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ sha256: hash.digest('hex'), size }) };
}

export async function hashFile(file: string): Promise<{ sha256: string; size: number }> {
  const hasher = createHasher();
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(createReadStream(file), hasher.stream, nowhere);
  return hasher.result();
}

export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
