import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareMachine, type Machine } from './machine/machine.ts';

const NEEDS = { engine: '**/*.engine.test.ts', browser: '**/*.browser.test.ts' };

/** Browser tests that go through every size or file. A shorter test looks for the same in one or two of them. */
const LONG = '@long';

/**
 * `npm test`: brings the machine to where tests can run, then runs every check and every test that it can. `npm run test:long`
 * runs the long ones that are left out there.
 */
async function main(isLong: boolean): Promise<number> {
  const log = (text: string) => process.stdout.write(`tests: ${text}\n`);
  const reports = await mkdtemp(join(tmpdir(), 'deckhand-tests-'));
  // What needs nothing of the machine need not wait for it.
  const preparing = prepareMachine(log);
  const unit = ['--exclude', NEEDS.engine, '--exclude', NEEDS.browser, '--maxWorkers=100%'];
  const early = isLong
    ? []
    : [await run('npm', ['run', '--silent', 'check']), await vitest(reports, 'unit', unit)];
  await using machine = await preparing;
  const env = { ...process.env, ...toEnvironment(machine, reports) };
  const isMissing = (group: string) => machine.missing.some((one) => one.group === group);
  const parts = [
    ...(isMissing('engine') ? [] : ['.engine.test.ts']),
    ...(isMissing('pdf') || isMissing('browser') ? [] : ['.browser.test.ts']),
  ];
  const leftOut = ['relay', 'firefox', 'network'].filter(isMissing).map((group) => `@${group}`);
  if (!isLong) leftOut.push(LONG);
  const chosen = [
    ...(isLong ? ['--grep', LONG] : []),
    ...(leftOut.length === 0 ? [] : ['--grep-invert', leftOut.join('|')]),
  ];
  const codes = [
    ...early,
    isLong || parts.length === 0
      ? 0
      : await vitest(reports, 'parts', ['--no-file-parallelism', ...parts], env),
    isMissing('browser') ? 0 : await run('npx', ['playwright', 'test', ...chosen], env),
  ];
  for (const { group, reason, install } of machine.missing)
    log(`SKIPPED ${group}: ${reason}. Install ${install}.`);
  if (spawnSync('docker', ['compose', 'version']).status !== 0) {
    log('left out: docker compose reads the demos, because the docker command has no compose here');
  }
  const { passed, failed, flaky } = await count(reports);
  if (flaky > 0) log(`${flaky} passed only at the second try: see "flaky" above`);
  await rm(reports, { recursive: true });
  const isSkipFailure = process.env['CI'] === 'true' && machine.missing.length > 0;
  if (isSkipFailure) log('with CI=true a skipped group is a failure');
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return codes.some((code) => code !== 0) || isSkipFailure || failed > 0 || passed === 0 ? 1 : 0;
}

function toEnvironment(machine: Machine, reports: string): NodeJS.ProcessEnv {
  return {
    ...(machine.chromium === undefined ? {} : { CHROMIUM: machine.chromium }),
    ...(machine.firefox === undefined ? {} : { FIREFOX: machine.firefox }),
    ...machine.environment,
    ...(machine.engine === undefined ? {} : { DOCKER_HOST: `unix://${machine.engine.socket}` }),
    DECKHAND_TEST_ENGINE: machine.engine === undefined ? 'none' : 'there',
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'playwright.json'),
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

/** From both runners' reports; a runner that wrote none ran nothing. */
async function count(reports: string): Promise<{ passed: number; failed: number; flaky: number }> {
  const read = async (name: string) =>
    JSON.parse(await readFile(join(reports, name), 'utf8').catch(() => '{}'));
  const units = (await Promise.all(['unit.json', 'parts.json'].map(read))) as {
    numPassedTests?: number;
    numFailedTests?: number;
  }[];
  const sum = (numbers: (number | undefined)[]) => numbers.reduce<number>((all, one) => all + (one ?? 0), 0);
  const browser = (await read('playwright.json')) as {
    stats?: { expected: number; unexpected: number; flaky: number };
  };
  const flaky = browser.stats?.flaky ?? 0;
  return {
    flaky,
    passed: sum(units.map((unit) => unit.numPassedTests)) + (browser.stats?.expected ?? 0) + flaky,
    failed: sum(units.map((unit) => unit.numFailedTests)) + (browser.stats?.unexpected ?? 0),
  };
}

process.exitCode = await main(process.argv.includes('long'));
