import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { castDeck, castV2 } from './casts.ts';
import { copyTalk, deckhand, type Finished } from './deckhand.ts';

/** A failure for a person: what happened and what to do, and no stack. */
function expectProblem(finished: Finished, words: string): void {
  expect(finished.code).toBe(1);
  expect(finished.stderr).toContain(words);
  expect(finished.stderr).not.toContain('    at ');
}

test('only files that the deck names are published, from wherever the server would take them', async () => {
  await using talk = await copyTalk();
  await writeFile(join(talk.folder, 'img/stray.png'), 'x');
  await writeFile(join(talk.folder, 'slides/notes.pdf'), 'a handout');
  await writeFile(talk.deck, '## One\n\n![](../img/docker_logo.png)\n\n[Handout](notes.pdf#page=2)\n');
  const output = join(talk.folder, 'site');
  expect((await deckhand(['build', talk.deck, '-o', output])).code).toBe(0);
  const files = await readdir(join(output, 'files'));
  expect(files.map((name) => name.replace(/-[0-9a-f]{10}/, '')).toSorted()).toEqual([
    'docker_logo.png',
    'notes.pdf',
  ]);
  expect(await readFile(join(output, 'index.html'), 'utf8')).toMatch(
    /href="files\/notes-[0-9a-f]{10}\.pdf#page=2"/,
  );
});

test('with --no-notes nothing is published that was for the speaker only', async () => {
  await using talk = await copyTalk();
  const markdown =
    '---\nduration: 20m\n---\n\n## One {time=3m}\n\nSeen\n\n::: notes\nWhispered\n\n![](../img/docker_logo.png)\n:::\n';
  await writeFile(talk.deck, markdown);
  const read = async (...flags: string[]) => {
    const site = join(talk.folder, 'site');
    const single = join(talk.folder, 'one.html');
    expect((await deckhand(['build', talk.deck, '-o', site, ...flags])).code).toBe(0);
    expect((await deckhand(['build', '--single-file', talk.deck, '-o', single, ...flags])).code).toBe(0);
    const names = (await readdir(site, { recursive: true, withFileTypes: true })).filter((one) =>
      one.isFile(),
    );
    const pages = names
      .filter((one) => one.name.endsWith('.html'))
      .map((one) => join(one.parentPath, one.name));
    const html = await Promise.all([...pages, single].map((file) => readFile(file, 'utf8')));
    return { html: html.join('\n'), names: names.map((one) => one.name).join('\n') };
  };
  const all = await read();
  expect(all.html).toContain('Whispered');
  expect(all.html).toMatch(/"plannedMs":180000/);
  expect(all.names).toContain('docker_logo');
  const shown = await read('--no-notes');
  expect(shown.html).toContain('Seen');
  expect(shown.html).not.toContain('Whispered');
  expect(shown.html).not.toMatch(/"(?:plannedMs|durationMs)":/);
  expect(shown.names).not.toContain('docker_logo');
});

test('a deck with a missing picture is not published, and the build that was there stays', async () => {
  await using talk = await copyTalk();
  const output = join(talk.folder, 'site');
  await writeFile(talk.deck, '# Good\n');
  expect((await deckhand(['build', talk.deck, '-o', output])).code).toBe(0);
  await writeFile(talk.deck, '# Bad\n\n![](img/gone.png)\n');
  const finished = await deckhand(['build', talk.deck, '-o', output]);
  expectProblem(finished, 'img/gone.png');
  expect(finished.stderr).toMatch(/talk\.md:3:\d+: error/);
  expect(await readFile(join(output, 'index.html'), 'utf8')).toContain('Good');
  expectProblem(
    await deckhand(['build', '--single-file', talk.deck, '-o', join(talk.folder, 'talk.html')]),
    'gone.png',
  );
  expect(await readdir(talk.folder)).not.toContain('talk.html');
});

test('a folder that no build wrote is never replaced', async () => {
  await using talk = await copyTalk();
  const before = (await readdir(talk.folder)).toSorted();
  expectProblem(await deckhand(['build', talk.deck, '-o', talk.folder]), 'no build of Deckhand wrote');
  expectProblem(await deckhand(['build', talk.deck, '-o', talk.deck]), 'is a file');
  expectProblem(await deckhand(['build', talk.deck, '-o', join(talk.deck, 'site')]), "can't be written");
  expectProblem(await deckhand(['build', '--single-file', talk.deck, '-o', talk.folder]), 'is a folder');
  expectProblem(
    await deckhand(['build', '--single-file', talk.deck, '-o', join(talk.folder, 'none/talk.html')]),
    'its folder is not there',
  );
  expect((await readdir(talk.folder)).toSorted()).toEqual(before);
});

test('a demo without a recording that can be read keeps the text of the deck, and the author is told', async ({
  page,
}) => {
  await using talk = await copyTalk();
  await rm(join(talk.folder, 'demos/process/recording'), { recursive: true });
  await writeFile(join(talk.folder, 'demos/django/recording/run.cast'), 'no recording at all\n');
  const output = join(talk.folder, 'site');
  const finished = await deckhand(['build', talk.deck, '-o', output]);
  expect(finished.code).toBe(0);
  expect(finished.stdout).toContain('The demo "process" has no recording.');
  expect(finished.stdout).toContain('The demo "django" has a recording that can\'t be read');
  await page.goto(`${pathToFileURL(join(output, 'index.html')).href}#/see-for-yourself`);
  await expect(page.locator('section.present .demo')).toContainText('On paper, imagine one process');
  await page.keyboard.press('r');
  await expect(page.locator('section.present demo-panel')).toHaveCount(0);
});

test('a picture from another server is the only thing that a page may ask elsewhere, and the author is told', async () => {
  await using talk = await copyTalk();
  await writeFile(talk.deck, '# One\n\n# Two\n\n![](https://pictures.example/a.png)\n');
  const output = join(talk.folder, 'site');
  const finished = await deckhand(['build', talk.deck, '-o', output]);
  expect(finished.stdout).toContain("https://pictures.example: visitors' browsers will ask it");
  const page = await readFile(join(output, 'index.html'), 'utf8');
  expect(page).toContain("img-src 'self' data: blob: https://pictures.example");
});

test('an address that is none is refused before anything is written', async () => {
  await using talk = await copyTalk();
  await writeFile(talk.deck, '---\nsite: my page\n---\n\n# One\n');
  expectProblem(
    await deckhand(['build', talk.deck, '-o', join(talk.folder, 'site')]),
    'is not a web address',
  );
  expect(await readdir(talk.folder)).not.toContain('site');
});

test('a terminal recording that a slide names plays from a disk, in a site and in one file', async ({
  page,
}) => {
  await using copy = await castDeck({ two: castV2([[0.2, 'o', 'hello from the recording\r\n']]) });
  const site = join(copy.folder, 'site');
  const single = join(copy.folder, 'talk.html');
  for (const args of [
    ['-o', site],
    ['--single-file', '-o', single],
  ]) {
    expect((await deckhand(['build', copy.deck, ...args])).code).toBe(0);
  }
  for (const file of [join(site, 'index.html'), single]) {
    await page.goto(`${pathToFileURL(file).href}#/two`);
    await expect(page.locator('section.present demo-panel')).toBeVisible();
    await page.keyboard.press('r');
    await expect(page.locator('section.present .xterm-rows')).toContainText('hello from the recording');
  }
});
