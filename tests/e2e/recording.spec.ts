import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { copyTalk, presentAndRecord } from './deckhand.ts';

const hasEngine = process.env['DECKHAND_TEST_ENGINE'] !== 'none';
const DECK = '## One\n\n::: {.demo name="process" views="terminal"}\nOn paper.\n:::\n';
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

if (hasEngine) {
  test('a live run is recorded without the secrets of its environment, and without what --redact names', async ({
    page,
  }) => {
    await using talk = await copyTalk();
    const folder = join(talk.folder, 'demos/process');
    const compose = await readFile(join(folder, 'compose.yaml'), 'utf8');
    // Then letter by letter, with the other output between.
    const byLetter = `[(print(c, end=''), print('.', end='', file=sys.stderr), time.sleep(0.01)) for c in t + '!']`;
    const command = `[python, -u, -c, "import os, sys, time; t = os.environ['API_TOKEN']; print('token', t, 'of anna'); ${byLetter}; time.sleep(99)"]`;
    const more = `environment: {API_TOKEN: c0rrect-h0rse}\n    command: ${command}`;
    await writeFile(
      join(folder, 'compose.yaml'),
      compose.replace('    build: .', `    build: .\n    ${more}`),
    );
    await writeFile(talk.deck, DECK);
    await using server = await presentAndRecord([talk.deck, '--redact', 'of \\w+'], talk.folder);
    await page.goto(`${server.url}#/one`);
    const committed = await readFile(join(folder, 'recording/run.cast'), 'utf8');
    await expect(page.locator('section.present demo-panel')).toBeVisible();
    await page.keyboard.press('r');
    const panel = page.locator('section.present demo-panel');
    await expect(panel).toContainText('token c0rrect-h0rse of anna', { timeout: 60_000 });
    await expect(panel).toContainText('!');
    await page.keyboard.press('x');
    const read = async () => readFile(join(folder, 'recording.local/run.cast'), 'utf8').catch(() => '');
    await expect.poll(read, { timeout: 20_000 }).not.toBe('');
    // What belongs to the deck is as it was, and git sees nothing new.
    expect(await readFile(join(folder, 'recording/run.cast'), 'utf8')).toBe(committed);
    expect(await readFile(join(folder, 'recording.local/.gitignore'), 'utf8')).toBe('*\n');
    const recorded = await read();
    expect(recorded).not.toContain('c0rrect-h0rse');
    // The output comes in pieces, cut anywhere.
    const printed = [...recorded.matchAll(/^\[[\d.]+,"o",(".*")\]$/gm)].map(([, text]) =>
      String(JSON.parse(text ?? '""')),
    );
    expect(printed.join('')).toContain('token [redacted] [redacted]');
    expect(printed.join('').replaceAll('.', '')).toContain('[redacted]!');
    expect(printed.join('').replaceAll('.', '')).not.toContain('c0rrect-h0rse');
    await page.goto(`${server.url}speaker`);
    const keep = page.getByRole('button', { name: 'Keep this recording' });
    await keep.click();
    await expect(page.getByRole('status').filter({ hasText: 'The recording is kept.' })).toBeVisible();
    await expect(keep).toHaveCount(0);
    expect(await readFile(join(folder, 'recording/run.cast'), 'utf8')).toBe(recorded);
    expect(await read()).toBe('');
  });
}

if (hasEngine && canMount) {
  test('on a full disk the run goes on, and the speaker is told; the recording before stays', async ({
    page,
  }) => {
    await using talk = await copyTalk();
    const folder = join(talk.folder, 'demos/process/recording.local');
    const before = await readFile(join(talk.folder, 'demos/process/recording/run.cast'));
    await mkdir(folder);
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status).toBe(0);
    try {
      await writeFile(join(folder, 'run.cast'), before);
      // Whatever room is left.
      await writeFile(join(folder, 'filler'), Buffer.alloc(64_000)).catch(() => undefined);
      await writeFile(talk.deck, DECK);
      await using server = await presentAndRecord([talk.deck], talk.folder);
      let printed = '';
      server.process.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      await page.goto(`${server.url}#/one`);
      await expect(page.locator('section.present demo-panel')).toBeVisible();
      await page.keyboard.press('r');
      await expect
        .poll(() => printed, { timeout: 60_000 })
        .toContain('process: Not recorded: the disk is full. Make room.');
      await expect(page.locator('section.present demo-panel')).toContainText('I am process 1', {
        timeout: 60_000,
      });
      await expect(page.locator('body')).not.toContainText('Not recorded');
      await page.goto(`${server.url}speaker`);
      await expect(page.getByRole('status').filter({ hasText: 'Not recorded' })).toContainText(
        'the disk is full',
      );
      expect(printed.split('Not recorded')).toHaveLength(2);
      expect((await readdir(folder)).toSorted()).toEqual(['.gitignore', 'filler', 'run.cast']);
      expect(await readFile(join(folder, 'run.cast'))).toEqual(before);
    } finally {
      spawnSync('umount', [folder]);
    }
  });
}
