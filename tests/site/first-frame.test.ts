import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firstFrameOnly, isAnimatedGif } from '../../src/site/first-frame.ts';
import { readGifFacts } from '../img/gif-facts.ts';

const ROOT = join(import.meta.dirname, '../..');

test('the first frame of an animated GIF is a whole GIF of its own', async () => {
  const moving = await readFile(join(ROOT, 'img/story_time.gif'));
  expect(isAnimatedGif(moving)).toBe(true);
  const still = firstFrameOnly(moving);
  expect(isAnimatedGif(still)).toBe(false);
  expect(readGifFacts(moving).delays.length).toBeGreaterThan(5);
  expect(readGifFacts(Buffer.from(still)).delays).toHaveLength(1);
  expect(still.length).toBeLessThan(moving.length / 3);
});

test('files that are no animated GIF, or a broken one, stay as they are or end early', async () => {
  const png = await readFile(join(ROOT, 'img/docker_logo.png'));
  expect(isAnimatedGif(png)).toBe(false);
  expect(firstFrameOnly(png)).toBe(png);
  const cut = (await readFile(join(ROOT, 'img/story_time.gif'))).subarray(0, 5000);
  expect(isAnimatedGif(cut)).toBe(false);
  expect(isAnimatedGif(new Uint8Array())).toBe(false);
});
