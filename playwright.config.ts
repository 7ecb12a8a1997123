import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGUMENTS } from './src/chromium/chromium.ts';

/** A real Chromium against the built Deckhand: one at a time, because demos share the engine. */
export default defineConfig({
  testDir: 'tests',
  testMatch: ['e2e/**/*.spec.ts', 'security/**/*.spec.ts', 'faults/**/*.spec.ts'],
  workers: 1,
  timeout: 120_000,
  // An engine and a browser that others keep busy take their time; nothing here is measured.
  expect: { timeout: 15_000 },
  // On a machine that others load as well, a second try tells a slow one from a broken one; the report names it as flaky.
  retries: process.env['CI'] === 'true' ? 1 : 0,
  reporter: [['list'], ['json']],
  outputDir: 'test-results',
  use: {
    viewport: { width: 1280, height: 720 },
    launchOptions: {
      ...(process.env['CHROMIUM'] === undefined ? {} : { executablePath: process.env['CHROMIUM'] }),
      args: CHROMIUM_ARGUMENTS,
    },
  },
});
