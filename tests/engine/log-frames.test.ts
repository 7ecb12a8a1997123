import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { LogChunk } from '../../src/engine/container-spec.ts';
import { readLogFrames } from '../../src/engine/log-frames.ts';

/** As the engine frames it: which output, three zeros, the length, the bytes. */
function frame(output: 1 | 2, bytes: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header[0] = output;
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

test('characters are whole, wherever the engine and the network cut them', async () => {
  const text = 'aß→😀\nb';
  const bytes = Buffer.from(text);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const all = Buffer.concat([
      frame(1, bytes.subarray(0, cut)),
      frame(2, Buffer.from('✗')),
      frame(1, bytes.subarray(cut)),
    ]);
    for (const size of [1, 7, all.length]) {
      const chunks = Array.from({ length: Math.ceil(all.length / size) }, (_none, i) =>
        all.subarray(i * size, (i + 1) * size),
      );
      const seen = { stdout: '', stderr: '' };
      const add = ({ stream, bytes }: LogChunk) => (seen[stream] += bytes.toString());
      await readLogFrames(Readable.from(chunks), add, new AbortController().signal);
      expect(seen).toEqual({ stdout: text, stderr: '✗' });
    }
  }
});
