import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findDeck } from '../../../src/talk/deck/deck-path.ts';
import { DemoCatalog } from '../../../src/talk/demos/demo-catalog.ts';
import { watchDemos } from '../../../src/talk/demos/watch-demos.ts';
import { UserError } from '../../../src/demo/user-error.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckhand-cli-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(files: Record<string, string>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

const compose = (name: string) =>
  `name: ${name}\nservices:\n  web:\n    build: .\n    ports: ["8000"]\nx-demo:\n  title: The ${name}\n  views: [dockerfile, terminal, app]\n  app: {service: web, port: 8000}\n`;

describe('finding a deck', () => {
  test('says where there is none, and what to type', async () => {
    await expect(findDeck('slides/none.md', folder)).rejects.toMatchObject({
      name: 'UserError',
      code: 'no-deck',
      message: 'There is no deck at slides/none.md.',
      hint: expect.stringContaining('deckhand present'),
    });
  });

  test('takes the one deck of a folder, whatever it is called', async () => {
    await write({
      'a/lecture.md': '# A',
      'a/README.md': 'About it',
      'b/talk.md': '# B',
      'b/other.md': '# C',
    });
    expect((await findDeck('a', folder)).shown).toBe('a/lecture.md');
    expect((await findDeck('b', folder)).shown).toBe('b/talk.md');
    expect((await findDeck(undefined, join(folder, 'a'))).shown).toBe('lecture.md');
    await expect(findDeck('slides/talk.md', join(folder, 'b'))).rejects.toMatchObject({ code: 'no-deck' });
  });

  test('takes none of several, and says so', async () => {
    await write({ 'slides/one.md': '# A', 'slides/two.md': '# B' });
    await expect(findDeck('slides', folder)).rejects.toMatchObject({
      code: 'several-decks',
      message: expect.stringContaining('slides/one.md, slides/two.md'),
    });
    await mkdir(join(folder, 'empty'));
    await expect(findDeck(undefined, join(folder, 'empty'))).rejects.toMatchObject({
      code: 'no-deck',
      hint: expect.stringContaining('deckhand new'),
    });
  });

  test('looks in slides/talk.md by itself, and for pictures beside the deck and above it', async () => {
    await write({ 'slides/talk.md': '# A' });
    expect(await findDeck(undefined, folder)).toEqual({
      file: join(folder, 'slides/talk.md'),
      shown: 'slides/talk.md',
      folders: [join(folder, 'slides'), folder],
      places: { folders: [join(folder, 'slides'), folder], root: folder },
    });
  });
});

describe('the demos of a deck', () => {
  const open = () => DemoCatalog.open([join(folder, 'slides'), folder], folder);

  test('are none when there is no folder for them', async () => {
    expect((await open()).summaries(undefined)).toEqual([]);
  });

  test('are told with their views and Dockerfiles, the one beside the deck before the one above', async () => {
    await write({
      'slides/demos/django/compose.yaml': compose('django').replace('The django', 'The near one'),
      'demos/django/compose.yaml': compose('django'),
      'demos/flask/compose.yaml': compose('flask'),
      'demos/flask/Dockerfile': 'FROM python\n',
      'demos/notes/readme.txt': 'no demo',
    });
    const catalog = await open();
    expect(catalog.summaries(undefined)).toMatchObject([
      { name: 'django', title: 'The near one', canRun: true },
      { name: 'flask', sources: [{ service: 'web', file: 'Dockerfile', text: 'FROM python\n' }] },
    ]);
    expect(catalog.views.get('flask')).toEqual(
      expect.arrayContaining(['dockerfile', 'terminal', 'app', 'logs:web']),
    );
  });

  test('with a mistake say where it is, and leave the others alone', async () => {
    await write({
      'demos/broken/compose.yaml': `${compose('broken')}privileged: true\n`,
      'demos/torn/compose.yaml': 'name: torn\nservices: [',
      'demos/django/compose.yaml': compose('django'),
    });
    const catalog = await open();
    const [broken, django, torn] = catalog
      .summaries(undefined)
      .toSorted((a, b) => a.name.localeCompare(b.name));
    expect(broken).toMatchObject({ name: 'broken', canRun: false });
    expect(broken?.problem?.message).toMatch(/^demos\/broken\/compose\.yaml:10:1: .*privileged/);
    expect(torn?.problem?.message).toMatch(/^demos\/torn\/compose\.yaml:\d+:\d+: /);
    expect(django).toMatchObject({ name: 'django', canRun: true });
  });

  test('cannot run without an engine, and keep their own mistake above that', async () => {
    await write({
      'demos/broken/compose.yaml': 'name: broken\n',
      'demos/django/compose.yaml': compose('django'),
    });
    const summaries = (await open()).summaries(new UserError('no-engine', 'No engine.', 'Start one.'));
    expect(summaries.find(({ name }) => name === 'django')).toMatchObject({
      canRun: false,
      problem: { message: 'No engine.', hint: 'Start one.' },
    });
    expect(summaries.find(({ name }) => name === 'broken')?.problem?.message).toContain('compose.yaml');
  });

  test.each([
    ['is binary', '\u0000\u0001'],
    ['is empty', ''],
    [
      'was made by a newer Deckhand',
      '{"version":3,"term":{"cols":80,"rows":24},"deckhand":{"formatVersion":99,"demo":"","sourcesHash":"","engine":"","builder":"","platform":"","imageIds":[]}}\n',
    ],
  ])('go without a recording that %s', async (_what, cast) => {
    await write({ 'demos/django/compose.yaml': compose('django'), 'demos/django/recording/run.cast': cast });
    const [django] = (await open()).summaries(undefined);
    expect(django).toMatchObject({ name: 'django', canRun: true });
    expect(django?.recording).toBeUndefined();
  });

  test('tell the date and the length of a recording, even of one with a date that no calendar has', async () => {
    const cast = (timestamp: number) =>
      `{"version":3,"term":{"cols":80,"rows":24},"timestamp":${timestamp}}\n[2.5,"o","x"]\n`;
    await write({
      'demos/django/compose.yaml': compose('django'),
      'demos/django/recording/run.cast': cast(1_795_466_246),
      'demos/flask/compose.yaml': compose('flask'),
      'demos/flask/recording/run.cast': cast(1e300),
    });
    const recordings = (await open()).summaries(undefined).map(({ recording }) => recording);
    expect(recordings).toContainEqual(
      expect.objectContaining({ date: '2026-11-23T20:37:26.000Z', durationMs: 2500 }),
    );
    expect(recordings).toContainEqual(
      expect.objectContaining({ date: '1970-01-01T00:00:00.000Z', durationMs: 2500 }),
    );
  });

  test('are noticed when they are edited: a mistake is shown, and gone once it is fixed', async () => {
    await write({ 'demos/django/compose.yaml': compose('django'), 'demos/django/Dockerfile': 'FROM a\n' });
    const catalog = await open();
    let told = 0;
    const unwatch = watchDemos(catalog, () => (told += 1));
    const first = () => catalog.summaries(undefined)[0];
    await write({ 'demos/django/Dockerfile': 'FROM b\n' });
    await expect.poll(() => first()?.sources[0]?.text).toBe('FROM b\n');
    await write({ 'demos/django/compose.yaml': `${compose('django')}privileged: true\n` });
    await expect.poll(() => first()?.problem?.message).toMatch(/compose\.yaml:10:1: .*privileged/);
    await write({ 'demos/django/compose.yaml': compose('django').replace('The django', 'Mended') });
    await expect.poll(() => first()).toMatchObject({ title: 'Mended', canRun: true });
    expect(told).toBe(3);
    await mkdir(join(folder, 'demos/flask'));
    await write({ 'demos/flask/compose.yaml': compose('flask') });
    await expect.poll(() => catalog.find('flask')?.demo?.title).toBe('The flask');
    await rm(join(folder, 'demos/flask'), { recursive: true });
    await expect.poll(() => catalog.find('flask')).toBeUndefined();
    unwatch();
  });

  test('are read again when they are asked to', async () => {
    const catalog = await open();
    await write({ 'demos/django/compose.yaml': compose('django') });
    expect(catalog.find('django')).toBeUndefined();
    await catalog.reload();
    expect(catalog.find('django')?.demo?.title).toBe('The django');
  });
});
