import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  DOCKERFILE,
  DOCKERFILE_PICTURE,
  dockerfileFingerprint,
  FINGERPRINT_KEY,
  highlightDockerfile,
} from '../../img/make/dockerfile-source.ts';
import { readText, withText } from '../../img/make/png-text.ts';

const root = join(import.meta.dirname, '..', '..');
const redraw = `run: npx tsx img/make/all.ts ${DOCKERFILE_PICTURE}`;
const readDockerfile = () => readFile(join(root, DOCKERFILE), 'utf8');
const readPicture = () => readFile(join(root, 'img', DOCKERFILE_PICTURE));

test('The picture of the Dockerfile shows the Dockerfile that the demo builds', async () => {
  const shown = readText(await readPicture(), FINGERPRINT_KEY);
  const wanted = dockerfileFingerprint(await readDockerfile());
  expect(shown, `img/${DOCKERFILE_PICTURE} was drawn from another ${DOCKERFILE}; ${redraw}`).toBe(wanted);
});

test('One changed letter in the Dockerfile makes the picture stale', async () => {
  const text = await readDockerfile();
  const fingerprint = dockerfileFingerprint(text);
  expect(dockerfileFingerprint(text.replace('FROM', 'From'))).not.toBe(fingerprint);
  expect(dockerfileFingerprint(`${text}\n`)).not.toBe(fingerprint);
  expect(readText(await readPicture(), FINGERPRINT_KEY)).not.toBe(dockerfileFingerprint('FROM scratch\n'));
});

test('The picture has the colours of the deck: instructions are keywords', async () => {
  const html = highlightDockerfile(await readDockerfile());
  expect(html).toContain('<span class="hljs-keyword">FROM</span>');
  expect(html).toContain('<span class="hljs-keyword">RUN</span>');
});

test('A text put into a PNG is read back, and the picture stays readable for others', async () => {
  const { PNG } = await import('pngjs');
  const png = PNG.sync.write(new PNG({ width: 3, height: 2 }));
  const labelled = withText(png, 'Some-Key', 'some text');
  expect(readText(labelled, 'Some-Key')).toBe('some text');
  expect(readText(png, 'Some-Key')).toBeUndefined();
  expect(PNG.sync.read(labelled)).toMatchObject({ width: 3, height: 2 });
});
