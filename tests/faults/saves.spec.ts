import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { followAddress, present } from '../e2e/deckhand.ts';

const HERE = ['--remote-host', '127.0.0.2', '--remote-port', '0'];

const picture = (width: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10"><rect width="${width}" height="10"/></svg>`;

test('a picture that is replaced on disk shows on every screen, those of followers too, also after the next save', async ({
  page,
  context,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-saves-'));
  const deck = join(folder, 'deck.md');
  const text = '## One\n\n![x](x.svg)\n\n## Behind {background-image="x.svg"}\n';
  await writeFile(deck, text);
  await writeFile(join(folder, 'x.svg'), picture(10));
  await using talk = await present([deck, '--engine', 'none', '--audience', ...HERE]);
  await page.goto(talk.url);
  const shown = page.locator('#one img');
  const speaker = await context.newPage();
  await speaker.goto(`${talk.url}speaker`);
  const address = await followAddress(speaker);
  const follower = await context.newPage();
  await follower.goto(address);
  const followed = follower.locator('#one img');
  await expect(followed).toHaveJSProperty('naturalWidth', 10);
  await expect(shown).toHaveJSProperty('naturalWidth', 10);
  await writeFile(join(folder, 'x.svg'), picture(77));
  await expect(shown).toHaveJSProperty('naturalWidth', 77);
  await expect(followed).toHaveJSProperty('naturalWidth', 77);
  await expect(page.locator('.backgrounds .slide-background-content').nth(1)).toHaveAttribute(
    'style',
    /x\.svg\?deckhand-save/,
  );
  await writeFile(deck, text.replace('## Behind', 'words\n\n## Behind'));
  await expect(page.locator('#one')).toContainText('words');
  await expect(shown).toHaveJSProperty('naturalWidth', 77);
  await rm(folder, { recursive: true });
});
