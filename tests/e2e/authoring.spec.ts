import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { copyTalk, present } from './deckhand.ts';

test('a save that breaks the deck shows the line that does, and a button opens it in the author’s editor', async ({
  page,
}) => {
  await using talk = await copyTalk();
  const opened = join(talk.folder, 'opened.txt');
  // Named as an editor whose arguments are known.
  const editor = join(talk.folder, 'code');
  await writeFile(editor, `#!/bin/sh\nfor one in "$@"; do echo "$one" >> '${opened}'; done\n`);
  await chmod(editor, 0o755);
  await writeFile(talk.deck, '# One\n\ntext\n\n# Two\n');
  process.env['DECKHAND_EDITOR'] = editor;
  await using server = await present([talk.deck, '--engine', 'none'], talk.folder);
  delete process.env['DECKHAND_EDITOR'];
  await page.goto(server.url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);

  await writeFile(talk.deck, '# One\n\n::: {.demo name="nope"}\n:::\n\n# Two\n');
  const message = page.locator('.message');
  await expect(message.locator('pre')).toContainText('3 | ::: {.demo name="nope"}');
  await expect(message.locator('pre')).toContainText('^^^^');
  await message.getByRole('button', { name: 'Open in your editor' }).click();
  await expect.poll(async () => readFile(opened, 'utf8').catch(() => '')).toContain('talk.md:3:1');

  await page.keyboard.press('PageDown');
  await expect(page.locator('section.present h1')).toHaveText('Two');
  await page.keyboard.press('Alt+e');
  await expect.poll(async () => readFile(opened, 'utf8')).toContain('talk.md:5:1');
  await writeFile(opened, '');
  await page.locator('section.present h1').click({ modifiers: ['Alt'] });
  await expect.poll(async () => readFile(opened, 'utf8')).toContain('talk.md:5:1');
});

test('an editor that needs a terminal is not started in Deckhand’s own: the place is named instead', async ({
  page,
}) => {
  await using talk = await copyTalk();
  process.env['DECKHAND_EDITOR'] = 'vim';
  await using server = await present([talk.deck, '--engine', 'none'], talk.folder);
  delete process.env['DECKHAND_EDITOR'];
  await page.goto(server.url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  await page.keyboard.press('Alt+e');
  await expect(page.locator('.message')).toContainText('vim needs a terminal of its own');
  await expect(page.locator('.message')).toContainText('talk.md:');
});
