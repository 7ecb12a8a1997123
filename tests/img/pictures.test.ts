import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SCENES } from '../../img/make/scenes.ts';
import { readGifFacts } from './gif-facts.ts';

const root = join(import.meta.dirname, '..', '..');
const talk = await readFile(join(root, 'slides', 'talk.md'), 'utf8');
const named = [
  ...new Set(
    [...talk.matchAll(/img\/([\w.-]+\.(?:gif|png|svg|jpe?g|webp))/g)].map((found) => found[1] ?? ''),
  ),
];
const readPicture = (file: string) => readFile(join(root, 'img', file));

test('The talk names its seven pictures', () => {
  const seed = ['story_time.gif', 'horror.gif', 'thinking_2.gif', 'docker_logo.png', 'omg.gif'];
  expect(named).toEqual(expect.arrayContaining([...seed, 'django-dockerfile.png', 'dig_deeper.gif']));
});

test.each(named)('%s, which the talk names, is there and is what its name says', async (file) => {
  const signature = (await readPicture(file)).toString('latin1', 0, 4);
  expect(signature).toBe(file.endsWith('.gif') ? 'GIF8' : '\u0089PNG');
});

describe.each(named.filter((file) => file.endsWith('.gif')))('%s', (file) => {
  test('moves, and loops for ever', async () => {
    const { delays, loops } = readGifFacts(await readPicture(file));
    expect(delays.length).toBeGreaterThan(1);
    expect(loops).toBe(0);
  });

  test('is under 1 MB', async () => {
    expect((await readPicture(file)).length).toBeLessThan(1_000_000);
  });

  test('shows 10 to 20 frames a second, as wide as a slide needs', async () => {
    const { delays, width, height } = readGifFacts(await readPicture(file));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(50);
    expect(Math.max(...delays)).toBeLessThanOrEqual(100);
    expect(width).toBeGreaterThanOrEqual(960);
    expect(width / height).toBeCloseTo(16 / 9, 2);
  });

  test('is drawn by a scene of this project, frame by frame', async () => {
    const { delays, width } = readGifFacts(await readPicture(file));
    const scene = SCENES.find((scene) => scene.file === file);
    expect(scene).toMatchObject({ frames: delays.length, width, delayMs: delays[0] });
  });
});

describe.each(SCENES)('The scene of $file', (scene) => {
  test('draws the same moment the same way each time', () => {
    expect(scene.draw(0.37)).toBe(scene.draw(0.37));
    expect(scene.draw(0.37)).not.toBe(scene.draw(0.62));
  });

  test('ends where it begins, so that the loop has no seam', () => {
    const [first, last] = [numbersIn(scene.draw(0)), numbersIn(scene.draw(1 - 1e-6))];
    expect(last.length).toBe(first.length);
    const jumps = first.map((value, index) => Math.abs(value - (last[index] ?? Infinity)));
    expect(Math.max(...jumps)).toBeLessThan(0.05);
  });
});

/** All coordinates, sizes and turns of a drawing, in order. */
function numbersIn(svg: string): number[] {
  return (svg.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
}
