import { execFile } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { deckhand } from '../e2e/deckhand.ts';
import { readPdf } from '../e2e/read-pdf.ts';
import { drawPng, toPng } from './screen-deck.ts';

const SIZES = [1, 2, 3, 5];

let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckhand-pictures-'));
});

test.afterAll(() => rm(folder, { recursive: true }));

test('tiny pictures and pictures of every kind of PNG are printed', async () => {
  const slides: string[] = [];
  const add = async (name: string, bytes: Buffer) => {
    await writeFile(join(folder, name), bytes);
    slides.push(`## ${name}\n\n![](${name})\n`);
  };
  for (const size of SIZES) await add(`size-${size}.png`, drawPng(size, 1));
  // Colour types of PNG: grey, palette, grey with alpha, colours with alpha; bits of a sample.
  for (const [type, bits] of [
    [0, 1],
    [0, 8],
    [0, 16],
    [2, 16],
    [4, 8],
    [6, 8],
    [6, 16],
  ] as const)
    await add(`type-${type}-${bits}.png`, toPng(3, 3, type, bits));
  await writeFile(join(folder, 'kinds.md'), slides.join('\n'));
  const finished = await deckhand(['pdf', 'kinds.md', '-o', 'kinds.pdf'], folder);
  expect(finished.stderr).toBe('');
  expect((await readPdf(join(folder, 'kinds.pdf'))).pages).toHaveLength(slides.length);
});

const BROKEN = `## One

![](text.png)

## Two

![](good.png)

## Behind {background-iframe=page.html}

[in steps]{.fragment}

## Inside

<iframe src="page.html" loading="lazy"></iframe> <iframe srcdoc="<p>written here</p>"></iframe>

## Lost

<iframe src="lost.html"></iframe>
`;

test('a broken picture and a lost page are named, and the others are printed, on every step', async () => {
  await writeFile(join(folder, 'text.png'), 'no picture');
  await writeFile(join(folder, 'good.png'), drawPng(3, 2));
  await writeFile(join(folder, 'page.html'), '<!doctype html><p>a framed page</p>');
  await writeFile(join(folder, 'broken.md'), BROKEN);
  const finished = await deckhand(['pdf', '--steps', 'broken.md', '-o', 'broken.pdf'], folder);
  expect(finished.stderr).toContain('slide 1, "One": text.png: it could not be loaded');
  expect(finished.stderr).toContain('slide 5, "Lost": lost.html: it could not be loaded');
  const { pages } = await readPdf(join(folder, 'broken.incomplete.pdf'));
  expect(pages.map((page) => /a framed page/.test(page))).toEqual([false, false, true, true, true, false]);
  expect(pages[4]).toContain('written here');
});

test('heavy photographs become a PDF of a size that can be sent, sharp pictures stay as they are @long', async () => {
  const noise = toPng(1300, 1000, 2, 8, (row) => randomFillSync(row, 1));
  const slides = await Promise.all(
    Array.from({ length: 30 }, async (_, i) => {
      await writeFile(join(folder, `heavy-${i}.png`), noise);
      return `## ${i}\n\n![](heavy-${i}.png)\n`;
    }),
  );
  // A screenshot of more dots than a page shows.
  const sharp = toPng(3000, 1500, 2, 8, (row) => row.fill(0, 3001, 6001));
  await writeFile(join(folder, 'sharp.png'), sharp);
  await writeFile(join(folder, 'heavy.md'), ['## Sharp\n\n![](sharp.png)\n', ...slides].join('\n'));
  // Less than the pictures take in base64: what holds them all dies.
  const flags = process.env['NODE_OPTIONS'];
  process.env['NODE_OPTIONS'] = '--max-old-space-size=96';
  const single = await deckhand(['build', '--single-file', 'heavy.md', '-o', 'heavy.html'], folder);
  if (flags === undefined) delete process.env['NODE_OPTIONS'];
  else process.env['NODE_OPTIONS'] = flags;
  expect(single.code, single.stderr).toBe(0);
  const printed = await deckhand(['pdf', 'heavy.md', '--range', '1-7', '-o', 'heavy.pdf'], folder);
  expect(printed.stderr).toBe('');
  const [, megabytes] = /([\d.]+) MB/.exec(printed.stdout) ?? [];
  expect(Number(megabytes)).toBeLessThan((6 * noise.length) / 2_000_000);
  const list = await promisify(execFile)('pdfimages', ['-list', join(folder, 'heavy.pdf')]);
  expect(list.stdout).toMatch(/\n +1 .* 2560 +1280 .* image /);
  expect(list.stdout).toMatch(/\n +2 .* 1300 +1000 .* jpeg /);
});
