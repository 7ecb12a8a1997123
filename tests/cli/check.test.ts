import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { layoutDiagnostics, runCheck } from '../../src/cli/check.ts';
import { runCompile } from '../../src/cli/compile.ts';
import { compileDeck } from '../../src/deck/compile.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckhand-check-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function collect() {
  const out = { stdout: '', stderr: '' };
  const writers = {
    stdout: (text: string) => void (out.stdout += text),
    stderr: (text: string) => void (out.stderr += text),
  };
  return { out, writers };
}

async function check(text: string | Uint8Array, json = false) {
  const file = join(folder, 'slides', 'talk.md');
  await mkdir(join(folder, 'slides'), { recursive: true });
  await writeFile(file, text);
  const { out, writers } = collect();
  const code = await runCheck(file, { json }, writers);
  return { code, out: out.stdout.replaceAll(folder, 'F') };
}

test('check prints file, line, column, code, message and a code frame, and exits with 1', async () => {
  const { code, out } = await check('## A\n\n[x](#nowhere)\n');
  expect(code).toBe(1);
  expect(out).toContain(
    'F/slides/talk.md:3:1: error: broken-link: No slide or element has the id "nowhere".',
  );
  expect(out).toContain('  3 | [x](#nowhere)\n    | ^');
  expect(out).toContain('hint: ');
  expect(out).toContain('1 error, 0 warnings');
});

test('check exits with 0 when there are only warnings', async () => {
  const { code, out } = await check('## A\n\ntext\n- list\n');
  expect(code).toBe(0);
  expect(out).toContain('0 errors, 1 warning');
});

test('check finds pictures and linked files that are missing, beside the deck and in the folder above', async () => {
  await mkdir(join(folder, 'img'));
  await writeFile(join(folder, 'img', 'there.png'), '');
  const deck =
    '## A {background-image="img/no.png"}\n\n![a](img/there.png) ![b](img/gone.png) [c](extra.pdf) [d](https://x.y)\n';
  const { out } = await check(deck);
  expect(out).toContain('talk.md:1:25: error: missing-picture: There is no file "img/no.png".');
  expect(out).toContain('talk.md:3:26: error: missing-picture: There is no file "img/gone.png".');
  expect(out).toContain('missing-link-target: The link goes to "extra.pdf"');
  expect(out).toContain('3 errors');
});

test('check --json prints one object for machines', async () => {
  const { out } = await check('##A\n', true);
  const answer: unknown = JSON.parse(out);
  expect(answer).toMatchObject({
    errors: 0,
    diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'heading-needs-space', line: 1 })]),
  });
});

test('a file that is not UTF-8 gets the place of its first bad byte', async () => {
  const { code, out } = await check(new Uint8Array([0x23, 0x23, 0x20, 0x41, 0x0a, 0x0a, 0x62, 0xff, 0x0a]));
  expect(code).toBe(1);
  expect(out).toContain('talk.md:3:2: error: not-utf8');
});

test('a file that is not there is a message, no stack', async () => {
  const { out, writers } = collect();
  expect(await runCheck(join(folder, 'none.md'), {}, writers)).toBe(1);
  expect(out.stdout).toContain('missing-file');
});

test('compile prints the sections to stdout and the diagnostics to stderr', async () => {
  const file = join(folder, 'deck.md');
  await writeFile(file, '---\ntitle: T\n---\n\n## A\n\ntext\n- list\n');
  const { out, writers } = collect();
  expect(await runCompile(file, {}, writers)).toBe(0);
  expect(out.stdout).toMatch(/^<section id="title-slide">[\s\S]*<section id="a" class="slide level2">/);
  expect(out.stderr).toContain('deck.md:8:1: warning: no-blank-line');
});

test('compile takes the slide level from its option', async () => {
  const file = join(folder, 'deck.md');
  await writeFile(file, '# A\n\n## B\n\ntext\n');
  const { out, writers } = collect();
  await runCompile(file, { slideLevel: 1 }, writers);
  expect(out.stdout).toContain('<section id="a" class="slide level1">');
});

test('what a browser measured becomes errors and warnings at the slide’s line', () => {
  const deck = compileDeck('## A\n\nx\n\n## B\n\ny\n');
  const tooWide = [
    { what: 'table' as const, pixels: 400.1, scale: 0.754 },
    { what: 'code' as const, pixels: 30, scale: 1 },
  ];
  const report = { h: 1, v: 0, below: 41.2, beside: 10, tooWide, missingGlyphs: ['日'] };
  expect(layoutDiagnostics(deck, [report])).toMatchObject([
    { code: 'slide-overflows', line: 5, message: 'The slide "B" is 42 px higher than its page.' },
    { code: 'slide-too-wide', line: 5, severity: 'error' },
    { code: 'table-too-wide', severity: 'warning', message: expect.stringMatching(/401 px .* 75 %/) },
    { code: 'code-too-wide', severity: 'warning' },
    { code: 'missing-glyphs', message: expect.stringContaining('日 (U+65E5)') },
  ]);
});
