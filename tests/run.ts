import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareMachine, type Machine } from './machine/machine.ts';

/** `npm test`: brings the machine to where tests can run, then runs every check and every test that it can. */
async function main(): Promise<number> {
  const log = (text: string) => process.stdout.write(`tests: ${text}\n`);
  const reports = await mkdtemp(join(tmpdir(), 'deckhand-tests-'));
  await using machine = await prepareMachine(log);
  const env = { ...process.env, ...toEnvironment(machine, reports) };
  const isMissing = (group: string) => machine.missing.some((one) => one.group === group);
  const withoutEngine = isMissing('engine') ? ['--exclude', '**/*.engine.test.ts'] : [];
  const withoutPdf = isMissing('pdf') || isMissing('browser') ? ['--exclude', '**/*.browser.test.ts'] : [];
  const leftOut = (['relay', 'firefox', 'network'] as const).filter(isMissing).map((group) => `@${group}`);
  const without = leftOut.length === 0 ? [] : ['--grep-invert', leftOut.join('|')];
  const codes = [
    await run('npm', ['run', '--silent', 'check'], env),
    await run('npx', ['vitest', 'run', ...vitestReport(reports), ...withoutEngine, ...withoutPdf], env),
    isMissing('browser') ? 0 : await run('npx', ['playwright', 'test', ...without], env),
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

function vitestReport(reports: string): string[] {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, 'vitest.json')}`];
}

function run(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
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
  const unit = (await read('vitest.json')) as { numPassedTests?: number; numFailedTests?: number };
  const browser = (await read('playwright.json')) as {
    stats?: { expected: number; unexpected: number; flaky: number };
  };
  const flaky = browser.stats?.flaky ?? 0;
  return {
    flaky,
    passed: (unit.numPassedTests ?? 0) + (browser.stats?.expected ?? 0) + flaky,
    failed: (unit.numFailedTests ?? 0) + (browser.stats?.unexpected ?? 0),
  };
}

process.exitCode = await main();
