import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareMachine, type Machine } from './machine/machine.ts';
import { readReports } from './reports.ts';

const NEEDS = { engine: '**/*.engine.test.ts', browser: '**/*.browser.test.ts', real: '**/*.real.test.ts' };

/** Folders of browser tests that leave the engine alone, but for a few: they run while the engine's tests wait for containers. */
const BESIDE = ['security', 'faults'];

/** Browser tests that go through every size or file. A shorter test looks for the same in one or two of them. */
const LONG = '@long';

/** Groups of one file each, which take minutes and gigabytes: for before a release. */
const REAL: Partial<Record<Group, string>> = {
  libpostal: 'tests/runner/libpostal.real.test.ts',
  projects: 'tests/projects/projects.real.test.ts',
};

type Group = 'all' | 'engine' | 'e2e' | 'long' | 'libpostal' | 'projects';

/**
 * `npm test`: brings the machine to where tests can run, then runs every check and every test that it can, but for the long
 * ones. `test:libpostal`, `test:projects`, `test:long`, `test:engine` and `test:e2e` run one group; `names` are parts of file names, for those that matter.
 */
async function main(group: Group, names: string[]): Promise<number> {
  const log = (text: string) => process.stdout.write(`tests: ${text}\n`);
  const reports = await mkdtemp(join(tmpdir(), 'deckhand-tests-'));
  // What needs nothing of the machine need not wait for it.
  const preparing = prepareMachine(log);
  const codes: number[] = [];
  if (group === 'all') {
    const left = Object.values(NEEDS).flatMap((pattern) => ['--exclude', pattern]);
    const unit = [...left, '--maxWorkers=100%'];
    codes.push(await run('npm', ['run', '--silent', 'check']), await vitest(reports, 'unit', unit));
  }
  await using machine = await preparing;
  const env = { ...process.env, ...toEnvironment(machine) };
  const isMissing = (one: string) => machine.missing.some((missing) => missing.group === one);
  const real = REAL[group];
  if (real !== undefined) codes.push(await vitest(reports, 'real', [real], env));
  const browser = group !== 'engine' && real === undefined && !isMissing('browser');
  const playwright = (name: string, which: string[]) => {
    const more = { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, `${name}.json`) };
    return run('npx', ['playwright', 'test', ...which, ...chosenTitles(group, isMissing)], more);
  };
  if (group === 'all' || group === 'engine') {
    const exclude = [
      ...(isMissing('engine') ? ['--exclude', NEEDS.engine] : []),
      ...(isMissing('pdf') || isMissing('browser') || group === 'engine' ? ['--exclude', NEEDS.browser] : []),
    ];
    const files = names.length > 0 ? names : ['.engine.test.ts', '.browser.test.ts'];
    const parts = vitest(reports, 'parts', ['--no-file-parallelism', ...exclude, ...files], env);
    const beside = browser ? playwright('playwright-beside', BESIDE) : 0;
    codes.push(...(await Promise.all([parts, beside])));
  }
  if (browser) {
    if (group !== 'all') codes.push(await run('npm', ['run', '--silent', 'build']));
    codes.push(await playwright('playwright', group === 'all' ? ['e2e'] : names));
  }
  for (const { group: missing, reason, install } of machine.missing)
    log(`SKIPPED ${missing}: ${reason}. Install ${install}.`);
  const { passed, failed, flaky, skipped } = await readReports(reports);
  for (const title of skipped) log(`not run here: ${title}`);
  if (flaky > 0) log(`${flaky} passed only at the second try: see "flaky" above`);
  await rm(reports, { recursive: true });
  const isSkipFailure = process.env['CI'] === 'true' && machine.missing.length > 0;
  if (isSkipFailure) log('with CI=true a skipped group is a failure');
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return codes.some((code) => code !== 0) || isSkipFailure || failed > 0 || passed === 0 ? 1 : 0;
}

/** Which titles Playwright runs: those that this machine can, and no long ones unless they are asked for. */
function chosenTitles(group: Group, isMissing: (one: string) => boolean): string[] {
  const leftOut = ['relay', 'firefox', 'network', 'root'].filter(isMissing).map((one) => `@${one}`);
  if (group === 'all') leftOut.push(LONG);
  return [
    ...(group === 'long' ? ['--grep', LONG] : []),
    ...(leftOut.length === 0 ? [] : ['--grep-invert', leftOut.join('|')]),
  ];
}

function toEnvironment(machine: Machine): NodeJS.ProcessEnv {
  return {
    ...(machine.chromium === undefined ? {} : { CHROMIUM: machine.chromium }),
    ...(machine.firefox === undefined ? {} : { FIREFOX: machine.firefox }),
    ...machine.environment,
    ...(machine.engine === undefined ? {} : { DOCKER_HOST: `unix://${machine.engine.socket}` }),
    DECKHAND_TEST_ENGINE: machine.engine === undefined ? 'none' : 'there',
  };
}

/** Runs some of vitest's tests; what came of them is in the report of that name. */
function vitest(reports: string, name: string, which: string[], env = process.env): Promise<number> {
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, name)}.json`];
  return run('npx', ['vitest', 'run', ...report, ...which], env);
}

function run(command: string, args: string[], env = process.env): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

const [group = 'all', ...names] = process.argv.slice(2);
process.exitCode = await main(group as Group, names);
