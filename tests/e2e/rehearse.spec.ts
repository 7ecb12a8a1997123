import { spawn } from 'node:child_process';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { copyTalk, deckhand, ROOT } from './deckhand.ts';

const hasEngine = process.env['DECKHAND_TEST_ENGINE'] !== 'none';

if (hasEngine) {
  test('rehearse runs demos in the order of the deck, and prints a table that fits a terminal @long', async () => {
    await using talk = await copyTalk();
    const cast = join(talk.folder, 'demos/process/recording/run.cast');
    const before = (await stat(cast)).mtimeMs;
    const { code, stdout, stderr } = await deckhand(['rehearse', 'django', 'process'], talk.folder);
    expect(stdout).toMatch(/^Rehearsing 2 demos of slides\/talk\.md, each twice, on /u);
    const lines = stdout.split('\n');
    expect(lines[2]).toBe('demo      build   ready   second build   budget   verdict');
    expect(lines[3]).toMatch(/^process +[\d.]+ s +[\d.]+ s +[\d.]+ s +60 s {3}✓ works$/u);
    expect(lines[4]).toMatch(/^django +[\d.]+ s +[\d.]+ s +[\d.]+ s +90 s {3}✓ works$/u);
    expect(stdout).toContain('All 2 demos work, 2 recorded.');
    for (const line of lines.slice(1)) expect(line.length).toBeLessThanOrEqual(80);
    expect(stderr).toMatch(/process, first run: ready after [\d.]+ s/u);
    expect(stderr.indexOf('process, second run')).toBeLessThan(stderr.indexOf('django, first run'));
    expect((await stat(cast)).mtimeMs).toBeGreaterThan(before);
    expect(code).toBe(0);
  });

  test('an expectation that is not met fails with what was answered, for people and for scripts', async () => {
    await using talk = await copyTalk();
    const file = join(talk.folder, 'demos/django/compose.yaml');
    const compose = await readFile(file, 'utf8');
    await writeFile(file, compose.replace('Hello from inside', 'Greetings from inside'));
    const { code, stdout } = await deckhand(['rehearse', 'django', '--json'], talk.folder);
    const report = JSON.parse(stdout) as {
      isFine: boolean;
      demos: { name: string; isFine: boolean; problems: { message: string; hint: string }[] }[];
    };
    expect(report).toMatchObject({ isFine: false, demos: [{ name: 'django', isFine: false }] });
    const messages = report.demos[0]?.problems.map(({ message }) => message) ?? [];
    expect(messages[0]).toMatch(/^GET \/ answered without "Greetings from inside a container": "/u);
    expect(messages[1]).toBe('Its recording is stale: its files changed since.');
    for (const { hint } of report.demos[0]?.problems ?? []) expect(hint).not.toBe('');
    expect(code).toBe(1);
  });

  test('Ctrl+C stops, cleans up, and leaves the recording alone', async () => {
    await using talk = await copyTalk();
    const cast = join(talk.folder, 'demos/django/recording/run.cast');
    const before = await readFile(cast, 'utf8');
    const child = spawn(process.execPath, [join(ROOT, 'dist/cli/deckhand.js'), 'rehearse', 'django'], {
      cwd: talk.folder,
    });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('starting')) child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(130);
    expect(stdout).toContain('Stopped before its end; nothing is left on the engine.');
    expect(await readFile(cast, 'utf8')).toBe(before);
  });

  test('a demo that the deck shows and that is not there fails', async () => {
    await using talk = await copyTalk();
    await writeFile(
      talk.deck,
      '## A\n\n::: {.demo name="process"}\nText\n:::\n\n## B\n\n::: {.demo name="jango"}\nText\n:::\n',
    );
    const { code, stdout } = await deckhand(['rehearse', '--no-record'], talk.folder);
    expect(stdout).toContain('✗ jango: The deck shows it, and there is no such folder under demos/.');
    expect(stdout).toContain('1 of 2 demos failed');
    expect(code).toBe(1);
  });
}

test('a demo that does not exist is named, with those that do, and how to name another deck', async () => {
  const unknown = await deckhand(['rehearse', 'jango']);
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toContain('There is no demo "jango".');
  expect(unknown.stderr).toContain('There are: django, libpostal, process.');
  const deck = await deckhand(['rehearse', 'my-talk.md']);
  expect(deck.stderr).toContain('For another deck: --deck my-talk.md');
});

test('a deck without demos has nothing to rehearse, which is a failure', async () => {
  await using talk = await copyTalk();
  await writeFile(talk.deck, '## Only words\n\nHello.\n');
  const { code, stderr } = await deckhand(['rehearse'], talk.folder);
  expect(code).toBe(1);
  expect(stderr).toContain('slides/talk.md shows no demo');
  expect(stderr).toContain('or name it here: django, libpostal, process.');
  await rm(join(talk.folder, 'demos'), { recursive: true });
  expect((await deckhand(['rehearse'], talk.folder)).stderr).toContain('A demo is a folder demos/<name>');
});

test('without an engine rehearse says so, and what to do', async () => {
  const { code, stderr } = await deckhand(['rehearse', '--engine', 'unix:///nowhere.sock', 'process']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^deckhand: .*engine/u);
  expect(stderr).not.toContain('    at ');
});
