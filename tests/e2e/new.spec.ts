import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readRecordingState } from '../../src/talk/demos/recording-state.ts';
import { copyTalk, deckhand, present } from './deckhand.ts';

test('deckhand new writes a talk without a mistake in it, whose demo plays its recording', async ({
  page,
}) => {
  await using talk = await copyTalk();
  const made = await deckhand(['new', 'my talk', '--theme', 'light'], talk.folder);
  expect(made).toMatchObject({ code: 0, stderr: '' });
  const folder = join(talk.folder, 'my talk');
  expect((await readFile(join(folder, 'talk.md'), 'utf8')).split('\n')).toContain('theme: light');
  expect(await readFile(join(folder, '.gitignore'), 'utf8')).toContain('node_modules');
  expect(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))).toMatchObject({ name: 'my-talk' });
  expect(await deckhand(['check'], folder)).toMatchObject({ code: 0, stdout: 'talk.md: no problems\n' });
  await using server = await present(['--engine', 'none'], folder);
  await page.goto(`${server.url}#/a-demo`);
  const panel = page.locator('.present [data-name="hello"]');
  await expect(panel).toContainText('FROM python:3.13-slim');
  await page.keyboard.press('e');
  await expect(panel).toContainText('RECORDED');
  expect(await readRecordingState(join(folder, 'demos/hello'))).toEqual({ kind: 'fresh' });
  expect(made.stdout).toContain('cd "my talk"');
});

test('deckhand new leaves a folder alone that has files in it, and knows its themes', async () => {
  await using talk = await copyTalk();
  const full = await deckhand(['new', 'slides'], talk.folder);
  expect(full.code).toBe(1);
  expect(full.stderr).toContain('slides has files in it.');
  const unknown = await deckhand(['new', 'other', '--theme', 'nope'], talk.folder);
  expect(unknown.stderr).toContain('Take one of dark, light');
  await writeFile(join(talk.folder, 'file'), '');
  expect((await deckhand(['new', 'file'], talk.folder)).stderr).toContain('file is a file.');
});

test('deckhand new --from takes over a deck of another tool with its pictures, and says what it left', async ({
  page,
}) => {
  await using talk = await copyTalk();
  const deck =
    '---\nmarp: true\nfooter: Port\n---\n\n# Ships\n\n![w:300px a ship](pics/ship.png) [it](package.json)\n\n---\n\n## Gone\n\n![](gone.png)\n';
  await mkdir(join(talk.folder, 'old/pics'), { recursive: true });
  await writeFile(join(talk.folder, 'old/deck.md'), deck);
  await writeFile(join(talk.folder, 'old/pics/ship.png'), 'a picture');
  await writeFile(join(talk.folder, 'old/package.json'), '{"scripts": {"start": "evil"}}');
  const made = await deckhand(['new', 'ships', '--from', 'old/deck.md'], talk.folder);
  expect(made).toMatchObject({ code: 0, stderr: '' });
  expect(made.stdout).toContain('2 slides from marp, 1 file beside the deck.');
  expect(made.stdout).toContain('gone.png is not there, or is private: copy it by hand.');
  expect(made.stdout).toContain('"footer" of the front matter is left out.');
  const folder = join(talk.folder, 'ships');
  expect(made.stdout).toContain('package.json is not copied: the new talk has a file of that name.');
  expect(await readFile(join(folder, 'package.json'), 'utf8')).toContain('deckhand present');
  await using server = await present(['--engine', 'none'], folder);
  await page.goto(server.url);
  await expect(page.locator('.present h2')).toHaveText('Ships');
  await expect(page.locator('.present img')).toHaveAttribute('src', /pics\/ship\.png/);
  const wrong = await deckhand(['new', 'other', '--from', 'keynote', 'old/deck.md'], talk.folder);
  expect(wrong.stderr).toContain('--from pandoc|marp|slidev|reveal-md deck.md');
  expect(wrong.code).toBe(1);
  const both = await deckhand(['new', 'other', '--from', 'old/deck.md', '--theme', 'light'], talk.folder);
  expect(both.stderr).toContain('write theme: into talk.md');
});
