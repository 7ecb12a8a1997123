import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { copyTalk, deckhand, present } from './deckhand.ts';

test('a missing deck is one clear message with what to do, and no stack', async () => {
  const { code, stderr } = await deckhand(['present', 'no-such-talk.md', '--no-open']);
  expect(code).toBe(1);
  expect(stderr).toContain('There is no deck at no-such-talk.md');
  expect(stderr).toContain('deckhand present');
  expect(stderr).not.toContain('    at ');
});

test('a port that is taken is named, with another one to take', async () => {
  await using talk = await present(['--engine', 'none']);
  const port = new URL(talk.url).port;
  const { code, stderr } = await deckhand(['present', '--no-open', '--port', port]);
  expect(code).toBe(1);
  expect(stderr).toContain(`Port ${port} is taken`);
  expect(stderr).toContain(`--port ${Number(port) + 1}`);
});

test('a deck that is not UTF-8 is named with the place of the first bad byte', async () => {
  await using talk = await copyTalk();
  await writeFile(
    talk.deck,
    Buffer.concat([Buffer.from('## One\n\nCaf'), Buffer.from([0xe9]), Buffer.from('\n')]),
  );
  const { code, stderr } = await deckhand(['present', talk.deck, '--no-open'], talk.folder);
  expect(code).toBe(1);
  expect(stderr).toContain('slides/talk.md:3:4');
});

test('an unknown demo in the deck is an error with its line, and check says so to scripts', async () => {
  await using talk = await copyTalk();
  const source = await readFile(talk.deck, 'utf8');
  await writeFile(talk.deck, source.replace('name="django"', 'name="jango"'));
  const line = source.slice(0, source.indexOf('name="django"')).split('\n').length;
  const { code, stdout } = await deckhand(['check', talk.deck, '--json'], talk.folder);
  expect(code).toBe(1);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; line: number }[] };
  expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'unknown-demo', line }));
});

test('a slide that is higher than its page is found by check --layout', async () => {
  await using talk = await copyTalk();
  const items = Array.from({ length: 30 }, (_, i) => `- item ${i}`).join('\n');
  await writeFile(talk.deck, `## Fits\n\nHello.\n\n## Too long\n\n${items}\n`);
  const { stdout } = await deckhand(['check', talk.deck, '--layout'], talk.folder);
  expect(stdout).toMatch(/slides\/talk\.md:5:1: .*Too long/);
  expect(stdout).not.toContain('Fits');
});

test('a demo with a mistake in its file, an unreadable picture and a broken recording leave the talk standing', async ({
  page,
}) => {
  await using talk = await copyTalk();
  await writeFile(
    join(talk.folder, 'demos/process/compose.yaml'),
    'services:\n  web:\n    privileged: true\n',
  );
  await writeFile(join(talk.folder, 'demos/django/recording/run.cast'), 'this is no recording\n');
  await rm(join(talk.folder, 'img/story_time.gif'));
  await chmod(join(talk.folder, 'img/omg.gif'), 0o000);
  await using server = await present([talk.deck, '--engine', 'none'], talk.folder);
  await page.goto(`${server.url}#/lets-run-it`);
  await expect(page.locator('section.present demo-panel')).toBeVisible();
  await page.keyboard.press('r');
  await expect(page.locator('section.present .panel-error')).toContainText('recording');
  await page.keyboard.press('End');
  await expect(page.locator('section.present img')).toBeVisible();
});

test('preflight says which engine was taken and why, and what to do about what is missing', async () => {
  const { stdout } = await deckhand(['preflight', '--json']);
  const { checks } = JSON.parse(stdout) as {
    checks: { name: string; state: string; what: string; next: string }[];
  };
  const named = (name: string) => checks.find((check) => check.name === name);
  const hasEngine = process.env['DECKHAND_TEST_ENGINE'] !== 'none';
  expect(named('engine')?.what).toMatch(hasEngine ? / at (unix|tcp|npipe):.*, from / : /engine/);
  expect(named('deck')?.state).toBe('green');
  expect(named('django: recording')?.what).toContain('plays');
  for (const check of checks) if (check.state === 'red') expect(check.next).not.toBe('');
});

test('every command has a help', async () => {
  for (const command of [
    'present',
    'pdf',
    'check',
    'compile',
    'preflight',
    'rehearse',
    'sweep',
    'pack',
    'unpack',
  ]) {
    const { code, stdout } = await deckhand([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: deckhand ${command}`);
  }
});
