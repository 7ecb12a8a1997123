import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGUMENTS } from './src/cli/find-chromium.ts';

/** A real Chromium against the built Deckhand: one at a time, because demos share the engine. */
export default defineConfig({
  testDir: 'tests/e2e',
  workers: 1,
  timeout: 120_000,
  retries: 0,
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
