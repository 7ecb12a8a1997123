import { chromium } from 'playwright';
import { expect, test } from 'vitest';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../src/cli/chromium.ts';

test('what Playwright turns off in a Chromium stays off, though Chromium listens to the last list only', async () => {
  const server = await chromium.launchServer({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS });
  const lists = server
    .process()
    .spawnargs.filter((argument) => argument.startsWith('--disable-features='))
    .map((argument) => argument.slice('--disable-features='.length).split(','));
  await server.close();
  expect(lists).toHaveLength(2);
  const [theirs = [], ours = []] = lists;
  expect(ours).toEqual(expect.arrayContaining(theirs));
});
