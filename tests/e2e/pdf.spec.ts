import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { deckhand, copyTalk, PROGRAM } from './deckhand.ts';
import { PAPER_DECK } from './paper-deck.ts';
import { oneLine, readPdf } from './read-pdf.ts';

const run = promisify(execFile);

test('the talk has one page a slide, with text, fonts and the panels as the audience saw them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-pdf-'));
  const file = join(folder, 'talk.pdf');
  const sections = await deckhand(['compile', 'slides/talk.md']);
  const slides = sections.stdout.match(/<section\b/g)?.length ?? 0;
  const finished = await deckhand(['pdf', '-o', file]);
  expect(finished.stderr).toBe('');
  expect(finished.code).toBe(0);
  const pdf = await readPdf(file);
  expect(pdf.pages).toHaveLength(slides);
  expect(pdf.info['title']).toBe('Docker + Python: How To Get There?');
  expect(pdf.info['tagged']).toBe('yes');
  expect(pdf.fonts.filter((font) => !font.isEmbedded || font.type.includes('Type 3'))).toEqual([]);
  const text = pdf.pages.join('\n');
  for (const words of [
    'nothing more than an isolated process',
    'RECORDED',
    'FROM python:3.13-slim',
    'Github dkravetz',
  ]) {
    expect(text).toContain(words);
  }
  await rm(folder, { recursive: true });
});

test.describe('a deck with all that is hard to print', () => {
  test('is read back as it was written: outline, tags, links, metadata, and the text of each page', async () => {
    await using talk = await copyTalk();
    await writeFile(talk.deck, PAPER_DECK);
    const finished = await deckhand(['pdf', talk.deck, '-o', 'out.pdf'], talk.folder);
    expect(finished.stderr).toBe('');
    const pdf = await readPdf(join(talk.folder, 'out.pdf'));

    expect(pdf.info).toMatchObject({
      title: 'A deck & its paper',
      author: 'Ada Lovelace, Grace Hopper',
      subject: 'What is hard to print',
    });
    expect(pdf.info['creationdate']).toContain('May  1');
    const { stdout: metadata } = await run('pdfinfo', ['-meta', join(talk.folder, 'out.pdf')]);
    expect(metadata).toContain('<rdf:li>en-GB</rdf:li>');
    expect(metadata).toContain('<rdf:li>2026-05-01</rdf:li>');

    expect(pdf.outline).toEqual([
      { title: 'A deck & its paper', page: 1, depth: 0 },
      { title: 'Links', page: 2, depth: 0 },
      { title: 'A stack', page: 3, depth: 0 },
      { title: 'Below one', page: 4, depth: 1 },
      { title: 'Below two', page: 5, depth: 1 },
      { title: 'Columns', page: 6, depth: 1 },
      { title: 'Steps', page: 7, depth: 1 },
      { title: 'Lines', page: 8, depth: 1 },
      { title: 'Twice', page: 9, depth: 1 },
      { title: 'Twice', page: 10, depth: 1 },
      { title: 'Panel', page: 11, depth: 1 },
      { title: 'Last', page: 13, depth: 1 },
    ]);

    expect(pdf.places).toContain('last');
    expect(pdf.addresses).toEqual(['https://example.org/outside', 'https://example.org/talks/paper/#/panel']);

    for (const tag of ['H1', 'H2', 'L ', 'LI', 'Table', 'Code', 'Figure', 'Link'])
      expect(pdf.tags).toContain(tag);
    const { stdout: tags } = await run('pdfinfo', ['-struct', join(talk.folder, 'out.pdf')]);
    expect(tags.match(/\bH2\b/g)).toHaveLength(10);

    const plain = pdf.pages.map((page) =>
      page
        .replace(/[•↩]|\d+\. /g, '')
        .replace(/\s+/g, ' ')
        .trim(),
    );
    expect(plain[0]).toBe('A deck & its paper What is hard to print Ada Lovelace Grace Hopper 2026-05-01');
    expect(plain[1]).toBe('Links Dark letters. inside, by address, outside. one nested two A whale');
    expect(plain[2]).toBe('A stack The stack’s own slide.');
    expect(plain[5]).toBe('Columns Left bold a b 1 2');
    expect(plain[6]).toBe('Steps First. Then. item one item two');
    expect(plain[7]).toBe('Lines 1 def f(x): 2 y = x + 1 3 return y');
    expect(plain[9]).toBe('Twice A footer');
    expect(plain[10]).toContain('FROM python:3.13-slim');
    expect(plain[10]).not.toContain('imagine');
    expect(plain[11]).toBe('No title here.');
    expect(plain[12]).toBe('Last The end.');
  });

  test('has a picture behind a slide read out only where nothing else is on it', async () => {
    await using talk = await copyTalk();
    const picture = 'data-background-image="img/docker_logo.png"';
    await writeFile(
      talk.deck,
      `## {${picture} aria-label="A whale at sea"}\n\n## {${picture}}\n\n## Words {${picture}}\n`,
    );
    expect((await deckhand(['pdf', talk.deck, '-o', 'out.pdf'], talk.folder)).code).toBe(0);
    const { alternatives } = await readPdf(join(talk.folder, 'out.pdf'));
    expect(alternatives).toEqual(['A whale at sea', 'Picture']);
  });

  test('has a page for every step, and each slide once in the outline', async () => {
    await using talk = await copyTalk();
    await writeFile(talk.deck, PAPER_DECK);
    const finished = await deckhand(
      ['pdf', talk.deck, '--steps', '--range', '7-8', '-o', 'out.pdf'],
      talk.folder,
    );
    expect(finished.stderr).toBe('');
    const pdf = await readPdf(join(talk.folder, 'out.pdf'));
    const steps = pdf.pages.map((page) => page.replaceAll('• ', ''));
    expect(steps).toEqual([
      'Steps First.',
      'Steps First. Then.',
      'Steps First. Then. item one',
      'Steps First. Then. item one item two',
      'Lines 1 def f(x): 2 y = x + 1 3 return y',
      'Lines 1 def f(x): 2 y = x + 1 3 return y',
    ]);
    expect(pdf.outline.map(({ title, page }) => [title, page])).toEqual([
      ['Steps', 1],
      ['Lines', 5],
    ]);
  });

  test('shows the notes below a slide, on pages of their own, or not at all @long', async () => {
    await using talk = await copyTalk();
    const long = Array.from({ length: 40 }, (_, i) => `Sentence ${i} of a long note that goes on and on.`);
    await writeFile(talk.deck, `${PAPER_DECK}\n## Long\n\n::: notes\n${long.join(' ').repeat(4)} END\n:::\n`);
    const print = async (...flags: string[]) => {
      const finished = await deckhand(['pdf', talk.deck, '-o', 'out.pdf', ...flags], talk.folder);
      expect(finished.stderr).toBe('');
      return readPdf(join(talk.folder, 'out.pdf'));
    };
    const without = await print('--range', '9');
    expect(without.pages).toEqual(['Twice']);
    const below = await print('--notes', '--range', '9');
    expect(below.info['page size']).toContain('595');
    expect(below.pages).toHaveLength(1);
    expect(below.pages[0]).toContain('Say this.');
    const apart = await print('--notes=pages', '--range', '9,14');
    expect(apart.pages[0]).toBe('Twice');
    expect(apart.pages[1]).toContain('Notes on slide 9: Twice Say this.');
    expect(apart.pages[2]).toBe('Long');
    // Nothing is lost where a page ends.
    const notes = oneLine(
      apart.pages
        .slice(3)
        .join(' ')
        .replaceAll(/Notes on slide 14: Long|14 Long/g, ''),
    );
    expect(notes).toBe(`${oneLine(long.join(' ').repeat(4))} END`);
  });

  for (const [handout, pages] of [
    [2, 7],
    [3, 5],
    [4, 4],
    [6, 3],
  ] as const) {
    test(`is put on ${pages} sheets as a handout of ${handout}`, async () => {
      await using talk = await copyTalk();
      await writeFile(talk.deck, PAPER_DECK);
      await deckhand(['pdf', talk.deck, '-o', 'out.pdf', '--handout', String(handout)], talk.folder);
      const pdf = await readPdf(join(talk.folder, 'out.pdf'));
      expect(pdf.pages).toHaveLength(pages);
      expect(pdf.pages.at(-1)).toContain('The end.');
      expect(pdf.outline.at(-1)).toMatchObject({ title: 'Last', page: pages });
    });
  }

  for (const [size, points] of [
    ['16:9', '960 x 540'],
    ['4:3', '720 x 540'],
    ['A4', '841.92 x 595.92 pts (A4)'],
    ['letter', '792 x 612 pts (letter)'],
  ] as const) {
    test(`fits on ${size}`, async () => {
      await using talk = await copyTalk();
      await writeFile(talk.deck, PAPER_DECK);
      await deckhand(['pdf', talk.deck, '-o', 'out.pdf', '--size', size, '--range', '2-4'], talk.folder);
      const pdf = await readPdf(join(talk.folder, 'out.pdf'));
      expect(pdf.pages).toHaveLength(3);
      expect(pdf.info['page size']).toContain(points);
      expect(pdf.pages[0]).toContain('Links Dark letters.');
    });
  }
});

test('with --watch every save is printed', async () => {
  await using talk = await copyTalk();
  await writeFile(talk.deck, '## One\n');
  const child = spawn(process.execPath, [PROGRAM, 'pdf', talk.deck, '-o', 'out.pdf', '--watch'], {
    cwd: talk.folder,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await expect.poll(() => output, { timeout: 30_000 }).toContain('Waiting');
  expect((await readPdf(join(talk.folder, 'out.pdf'))).pages).toEqual(['One']);
  await writeFile(talk.deck, '## One\n\n## Two\n');
  await expect.poll(() => output, { timeout: 30_000 }).toContain('2 slides');
  expect((await readPdf(join(talk.folder, 'out.pdf'))).pages).toEqual(['One', 'Two']);
  const ended = new Promise((resolve) => child.on('exit', resolve));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
});

test('a slide that is higher than its page is named, and still printed', async () => {
  await using talk = await copyTalk();
  await writeFile(talk.deck, `## Fine\n\n## Too much\n\n${'- line\n'.repeat(20)}`);
  const finished = await deckhand(['pdf', talk.deck, '-o', 'out.pdf'], talk.folder);
  expect(finished.code).toBe(0);
  expect(finished.stderr).toMatch(/slide 2, "Too much": the content is \d+ pixels higher than the page/);
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
  expect((await readPdf(join(talk.folder, 'out.incomplete.pdf'))).pages[1]).toBe('Two Hello.');
});

test('a picture whose server never answers is given up on, and named with its slide @long', async () => {
  await using talk = await copyTalk();
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await writeFile(talk.deck, `## One\n\n![never](http://127.0.0.1:${port}/never.png)\n`);
  const finished = await deckhand(['pdf', talk.deck, '-o', 'out.pdf'], talk.folder);
  silent.close();
  expect(finished.code).toBe(1);
  expect(finished.stderr).toContain(`slide 1, "One": http://127.0.0.1:${port}/never.png: it did not come`);
});

test('a recording that can not be read is named with its slide, and the other slides are printed', async () => {
  await using talk = await copyTalk();
  await writeFile(join(talk.folder, 'demos/django/recording/run.cast'), 'garbage\n');
  await writeFile(talk.deck, PAPER_DECK);
  const finished = await deckhand(['pdf', talk.deck, '-o', 'out.pdf'], talk.folder);
  expect(finished.code).toBe(1);
  expect(finished.stderr).toContain('slide 11, "Panel": the recording of django');
  expect((await readPdf(join(talk.folder, 'out.incomplete.pdf'))).pages).toHaveLength(13);
});

test('a place that can not be written is refused before any work', async () => {
  await using talk = await copyTalk();
  await mkdir(join(talk.folder, 'folder.pdf'));
  for (const place of [
    '/proc/out.pdf',
    join(talk.folder, 'gone/out.pdf'),
    join(talk.folder, 'folder.pdf'),
    '/dev/null',
  ]) {
    const finished = await deckhand(['pdf', talk.deck, '-o', place], talk.folder);
    expect(finished.code).toBe(1);
    expect(finished.stderr).toContain(`${place} can't be written`);
  }
});

test('a full disk is named, and the file that was there is still the old one', async () => {
  await using talk = await copyTalk();
  await writeFile(talk.deck, PAPER_DECK);
  const script = [
    'mkdir full kept && mount -t tmpfs -o size=64k tmpfs full && echo good > full/out.pdf',
    `${process.execPath} ${PROGRAM} pdf ${talk.deck} -o full/out.pdf; code=$?`,
    'cp full/* kept/; exit $code',
  ].join('\n');
  const ended = await run('unshare', ['--map-root-user', '--mount', 'sh', '-c', script], {
    cwd: talk.folder,
  }).catch((error: unknown) => error as { code: number; stderr: string });
  expect(ended).toMatchObject({ code: 1 });
  expect(ended.stderr).toContain('the disk is full');
  expect(await readdir(join(talk.folder, 'kept'))).toEqual(['out.pdf']);
  expect(await readFile(join(talk.folder, 'kept/out.pdf'), 'utf8')).toBe('good\n');
});

test('without a browser it says which ones were looked for, and how to get one', async () => {
  const env = {
    PATH: '/nonexistent',
    CHROMIUM: '/nonexistent/chromium',
    PLAYWRIGHT_BROWSERS_PATH: '/nonexistent',
  };
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-pdf-'));
  await cp('slides/talk.md', join(folder, 'talk.md'));
  const ended = await run(process.execPath, [PROGRAM, 'pdf', 'talk.md'], { cwd: folder, env }).catch(
    (error: unknown) => error as { code: number; stderr: string },
  );
  expect(ended).toMatchObject({ code: 1 });
  for (const words of ['CHROMIUM=/nonexistent/chromium', 'google-chrome', 'Install one'])
    expect(ended.stderr).toContain(words);
  expect(await readdir(folder)).toEqual(['talk.md']);
  await rm(folder, { recursive: true });
});
