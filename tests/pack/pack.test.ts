import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import {
  access,
  chmod,
  mkdir,
  readFile,
  readdir,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { pack } from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { collectFiles } from '../../src/pack/collect.ts';
import { DECK_FOLDER, MANIFEST_ENTRY, PACK_VERSION, type PackEntry } from '../../src/pack/manifest.ts';
import { writePack } from '../../src/pack/write-pack.ts';
import { DemoCatalog } from '../../src/talk/demos/demo-catalog.ts';
import { findDeck } from '../../src/talk/deck/deck-path.ts';
import { demosOf } from '../../src/talk/preflight/look.ts';
import { runUnpack } from '../../src/cli/unpack.ts';
import { compileDeck } from '../../src/deck/compile.ts';
import { hashSources } from '../../src/runner/build/hash-sources.ts';
import { makeFolder } from '../engine/test-engine.ts';

const FACTS = {
  format: 'deckhand-pack' as const,
  version: PACK_VERSION,
  by: '1.0.0',
  made: '2026-05-01T10:00:00.000Z',
  title: 'A talk',
  deck: 'slides/talk.md',
  images: [],
};

const DECK = '% A talk\n\n# One\n\n![](img/a%20picture.png)\n\n::: {.demo name="hello"}\n:::\n';
const COMPOSE = 'name: hello\nservices: {web: {build: .}}\n';

async function makeTalk() {
  const made = await makeFolder({
    'slides/talk.md': DECK,
    'img/a picture.png': 'a picture',
    'secret.txt': 'not of the deck',
    'demos/hello/compose.yaml': COMPOSE,
    'demos/hello/Dockerfile': 'FROM scratch\n',
    'demos/hello/run.sh': '#!/bin/sh\n',
    'demos/hello/.dockerignore': '*.pyc\n',
    'demos/hello/.vscode/tasks.json': '{}',
    'demos/hello/recording/run.cast': '{"version":3}\n',
    'demos/other/compose.yaml': 'name: other\nservices: {web: {build: .}}\n',
  });
  await chmod(join(made.folder, 'demos/hello/run.sh'), 0o755);
  await symlink('run.sh', join(made.folder, 'demos/hello/start'));
  return made;
}

async function packTalk(folder: string): Promise<string> {
  const path = await findDeck(join(folder, 'slides/talk.md'), folder);
  const catalog = await DemoCatalog.open(path.folders, folder);
  const deck = compileDeck(DECK, { demos: catalog.views });
  const collected = await collectFiles(path, deck, demosOf(deck, catalog));
  const output = join(folder, 'talk.deckhand');
  await writePack(output, { ...FACTS, deck: collected.deck }, collected.files);
  return output;
}

const unpack = (file: string, output: string, force = false) =>
  runUnpack({ file, output, images: false, force });

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Nothing but the pack: neither the folder nor a half-unpacked one. */
async function expectNothing(folder: string): Promise<void> {
  const names = await readdir(folder);
  expect(names.filter((name) => name.startsWith('out'))).toEqual([]);
}

describe('a pack', () => {
  test('brings deck, named files and shown demos to another folder as they were, and nothing else', async () => {
    await using made = await makeTalk();
    const out = join(made.folder, 'out');
    await unpack(await packTalk(made.folder), out);
    expect(await readFile(join(out, 'slides/talk.md'), 'utf8')).toBe(DECK);
    expect(await readFile(join(out, 'img/a picture.png'), 'utf8')).toBe('a picture');
    expect((await stat(join(out, 'demos/hello/run.sh'))).mode & 0o777).toBe(0o755);
    expect(await readFile(join(out, 'demos/hello/start'), 'utf8')).toBe('#!/bin/sh\n');
    expect(await isThere(join(out, 'demos/hello/.dockerignore'))).toBe(true);
    expect(await isThere(join(out, 'demos/hello/.vscode'))).toBe(false);
    expect(await isThere(join(out, 'secret.txt'))).toBe(false);
    expect(await isThere(join(out, 'demos/other'))).toBe(false);
    const before = await hashSources(join(made.folder, 'demos/hello'));
    expect(await hashSources(join(out, 'demos/hello'))).toBe(before);
  });

  test('refuses a demo with a link that leads out of it', async () => {
    await using made = await makeTalk();
    await symlink('../../secret.txt', join(made.folder, 'demos/hello/leak'));
    await expect(packTalk(made.folder)).rejects.toMatchObject({ code: 'bad-link' });
  });

  test('that was cut off anywhere is refused, and nothing is left of it', async () => {
    await using made = await makeTalk();
    const file = await packTalk(made.folder);
    const { size } = await stat(file);
    for (const part of [0.95, 0.7, 0.4, 0.1]) {
      await truncate(file, Math.floor(size * part));
      const refused = unpack(file, join(made.folder, 'out'));
      await expect(refused).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:pack-cut-off|no-pack)$/u),
      });
      await expectNothing(made.folder);
    }
  });

  test('with a byte changed anywhere in a file is refused by that file’s hash', async () => {
    await using made = await makeTalk();
    const file = await packTalk(made.folder);
    const bytes = await readFile(file);
    bytes.write('b picture', bytes.lastIndexOf('a picture'));
    await writeFile(file, bytes);
    const refused = unpack(file, join(made.folder, 'out'));
    await expect(refused).rejects.toMatchObject({
      code: 'pack-damaged',
      message: expect.stringContaining('img/a picture.png'),
    });
    await expectNothing(made.folder);
  });

  test('goes into an empty folder, not into a full one; with force it replaces what it has and leaves the rest', async () => {
    await using made = await makeTalk();
    const file = await packTalk(made.folder);
    const out = join(made.folder, 'out');
    await mkdir(join(out, 'slides'), { recursive: true });
    await writeFile(join(out, 'slides/old.md'), 'old');
    await writeFile(join(out, 'mine.txt'), 'mine');
    await expect(unpack(file, out)).rejects.toMatchObject({ code: 'output-exists' });
    await unpack(file, out, true);
    expect(await readdir(join(out, 'slides'))).toEqual(['talk.md']);
    expect(await readFile(join(out, 'mine.txt'), 'utf8')).toBe('mine');
  });

  test('that is another file, or none, is called so', async () => {
    await using made = await makeFolder({ 'a.txt': 'just text\n'.repeat(200) });
    for (const name of ['a.txt', 'gone.deckhand'])
      await expect(unpack(join(made.folder, name), join(made.folder, 'out'))).rejects.toMatchObject({
        code: 'no-pack',
      });
  });
});

interface Forged {
  name: string;
  content?: string;
  linkname?: string;
}

/** A pack as somebody else's program would write it. */
async function forge(folder: string, forged: readonly Forged[], change: object = {}): Promise<string> {
  const all: Forged[] = [{ name: `${DECK_FOLDER}slides/talk.md`, content: '# One\n' }, ...forged];
  const entries = all.map(({ name: path, content = '', linkname }): PackEntry => {
    const sha256 = createHash('sha256')
      .update(linkname ?? content)
      .digest('hex');
    const rest = { path, mode: 0o644, size: content.length, sha256 };
    return linkname === undefined ? { ...rest, kind: 'file' } : { ...rest, kind: 'link', target: linkname };
  });
  const tar = pack();
  const file = join(folder, 'forged.deckhand');
  const output = createWriteStream(file);
  tar.pipe(output);
  tar.entry({ name: MANIFEST_ENTRY }, JSON.stringify({ ...FACTS, entries, ...change }));
  for (const { name, content = '', linkname } of all) {
    if (linkname === undefined) tar.entry({ name }, content);
    else tar.entry({ name, type: 'symlink', linkname });
  }
  tar.finalize();
  await once(output, 'close');
  return file;
}

describe('a pack from somebody who means harm', () => {
  test.each([
    ['climbs out', { name: 'deck/../../evil.txt', content: 'x' }],
    ['is absolute', { name: '/evil.txt', content: 'x' }],
    ['is absolute below the deck', { name: 'deck//evil.txt', content: 'x' }],
    ['climbs out on Windows', { name: 'deck/..\\..\\evil.txt', content: 'x' }],
    ['stands beside the deck', { name: 'evil.txt', content: 'x' }],
    ['is a hook that git runs', { name: 'deck/.git/hooks/post-checkout', content: '#!/bin/sh' }],
    ['is a hook that git runs on macOS', { name: 'deck/slides/.GIT/hooks/pre-commit', content: '#!/bin/sh' }],
    ['is a task that an editor runs', { name: 'deck/.vscode/tasks.json', content: '{}' }],
    ['is a file that a shell reads', { name: 'deck/demos/hello/.envrc', content: 'touch /tmp/x' }],
    ['is a link to the root', { name: 'deck/link', linkname: '/etc' }],
    ['is a link that climbs out', { name: 'deck/slides/link', linkname: '../../../evil' }],
  ])('and whose entry %s is refused before anything is written', async (_how, entry) => {
    await using made = await makeFolder({ 'evil.txt': 'untouched' });
    const file = await forge(made.folder, [entry]);
    await expect(unpack(file, join(made.folder, 'out'))).rejects.toMatchObject({ code: 'pack-unsafe' });
    await expectNothing(made.folder);
    expect(await readFile(join(made.folder, 'evil.txt'), 'utf8')).toBe('untouched');
  });

  test('and whose links lead out only together is refused', async () => {
    await using made = await makeFolder({ 'keep/evil.txt': 'untouched' });
    const file = await forge(made.folder, [
      { name: 'deck/a/here', linkname: '..' },
      { name: 'deck/a/b', linkname: 'here/../../..' },
    ]);
    await expect(unpack(file, join(made.folder, 'out'))).rejects.toMatchObject({
      code: expect.stringMatching(/^pack-(?:damaged|unsafe)$/u),
    });
    await expectNothing(made.folder);
  });

  test('and that has more than its list says is refused', async () => {
    await using made = await makeFolder({});
    const file = await forge(made.folder, [{ name: 'deck/more.txt', content: 'x' }], {
      entries: [
        {
          path: 'deck/slides/talk.md',
          kind: 'file',
          mode: 0o644,
          size: 6,
          sha256: createHash('sha256').update('# One\n').digest('hex'),
        },
      ],
    });
    await expect(unpack(file, join(made.folder, 'out'))).rejects.toMatchObject({ code: 'pack-damaged' });
    await expectNothing(made.folder);
  });

  test('of a later format names both formats', async () => {
    await using made = await makeFolder({});
    const file = await forge(made.folder, [], { version: 7, entries: 'who knows' });
    await expect(unpack(file, join(made.folder, 'out'))).rejects.toMatchObject({
      code: 'pack-version',
      message: expect.stringContaining('format 7'),
    });
  });
});
