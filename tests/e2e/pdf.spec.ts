import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { deckhand, copyTalk } from './deckhand.ts';

const run = promisify(execFile);

test('the PDF has one page a slide, with text that can be selected and panels by their recording', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-pdf-'));
  const file = join(folder, 'talk.pdf');
  const sections = await deckhand(['compile', 'slides/talk.md']);
  const slides = sections.stdout.match(/<section\b/g)?.length ?? 0;
  const finished = await deckhand(['pdf', '-o', file]);
  expect(finished.stderr).toBe('');
  expect(finished.code).toBe(0);
  const { stdout: info } = await run('pdfinfo', [file]);
  expect(info).toMatch(new RegExp(`Pages:\\s+${slides}\\n`));
  expect(info).toMatch(/Title:\s+Docker \+ Python: How To Get There\?/);
  expect(info).toMatch(/Tagged:\s+yes/);
  const { stdout: text } = await run('pdftotext', ['-layout', file, '-']);
  for (const words of [
    'It’s nothing more than an isolated process',
    'RECORDED',
    'FROM python:3.13-slim',
    'Github dkravetz',
  ]) {
    expect(text).toContain(words);
  }
  await rm(folder, { recursive: true });
});

test('a picture that is not there is named with its slide, and a good file is not replaced by one without it', async () => {
  await using talk = await copyTalk();
  const good = join(talk.folder, 'out.pdf');
  await writeFile(talk.deck, '## One\n\nHello.\n');
  expect((await deckhand(['pdf', talk.deck, '-o', 'out.pdf'], talk.folder)).code).toBe(0);
  const before = await readFile(good);
  await writeFile(talk.deck, '## One\n\n![gone](img/gone.png)\n\n## Two\n\nHello.\n');
  const finished = await deckhand(['pdf', talk.deck, '-o', 'out.pdf'], talk.folder);
  expect(finished.code).toBe(1);
  expect(finished.stderr).toContain('slide 1, "One": img/gone.png');
  expect(finished.stderr).not.toContain('    at ');
  expect(await readFile(good)).toEqual(before);
  const { stdout } = await run('pdftotext', [join(talk.folder, 'out.incomplete.pdf'), '-']);
  expect(stdout).toContain('Two');
});
