import { chromium } from 'playwright';
import { expect, test } from 'vitest';
import { findChromium, toLaunchOptions } from '../../src/chromium/chromium.ts';

test('what Playwright turns off in a Chromium stays off, and it has its sandbox, unless root starts it', async () => {
  const server = await chromium.launchServer({ executablePath: findChromium(), ...toLaunchOptions() });
  const { spawnargs } = server.process();
  const lists = spawnargs
    .filter((argument) => argument.startsWith('--disable-features='))
    .map((argument) => argument.slice('--disable-features='.length).split(','));
  await server.close();
  expect(lists).toHaveLength(2);
  const [theirs = [], ours = []] = lists;
  expect(ours).toEqual(expect.arrayContaining(theirs));
  expect(spawnargs.includes('--no-sandbox')).toBe(process.getuid?.() === 0);
});
