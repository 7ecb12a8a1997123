import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'node_modules/**'],
    testTimeout: 60_000,
    // As in playwright.config.ts.
    retry: process.env['CI'] === 'true' ? 1 : 0,
    hookTimeout: 120_000,
  },
});
