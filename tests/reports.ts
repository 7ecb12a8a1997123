import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What came of all tests that were started. */
export interface Outcome {
  passed: number;
  failed: number;
  /** Passed only at the second try. */
  flaky: number;
  /** Titles of those that say themselves that they can't run on this machine. */
  skipped: string[];
}

interface VitestReport {
  testResults?: { assertionResults: { status: string; fullName: string }[] }[];
}

interface PlaywrightReport {
  stats?: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** From the reports of both runners in `folder`; a runner that wrote none ran nothing. */
export async function readReports(folder: string): Promise<Outcome> {
  const read = async <T>(name: string): Promise<T> =>
    JSON.parse(await readFile(join(folder, name), 'utf8').catch(() => '{}'));
  const vitest = await Promise.all(['unit.json', 'parts.json'].map(read<VitestReport>));
  const tests = vitest.flatMap(({ testResults = [] }) =>
    testResults.flatMap(({ assertionResults }) => assertionResults),
  );
  const browsers = await Promise.all(
    ['playwright.json', 'playwright-beside.json'].map(read<PlaywrightReport>),
  );
  const ofBrowsers = (what: keyof NonNullable<PlaywrightReport['stats']>) =>
    browsers.reduce((sum, { stats }) => sum + (stats?.[what] ?? 0), 0);
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  const left = tests.filter(({ status }) => !['passed', 'failed'].includes(status));
  return {
    passed: count('passed') + ofBrowsers('expected') + ofBrowsers('flaky'),
    failed: count('failed') + ofBrowsers('unexpected'),
    flaky: ofBrowsers('flaky'),
    skipped: [
      ...left.map(({ fullName }) => fullName),
      ...(ofBrowsers('skipped') === 0 ? [] : [`${ofBrowsers('skipped')} browser tests`]),
    ],
  };
}
