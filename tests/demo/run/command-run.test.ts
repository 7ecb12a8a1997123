import { expect, test } from 'vitest';
import { printedBy } from '../../../src/demo/run/command-run.ts';
import { toRunView } from '../../../src/demo/run/fold-run-event.ts';
import type { RunEventBody } from '../../../src/demo/run/run-event.ts';

const shell = (text: string, service = 'web'): RunEventBody => ({ type: 'shell', service, text });
const command = (state: 'running' | 'done', exitCode?: number): RunEventBody => ({
  type: 'command',
  service: 'web',
  name: 'code:1a2b',
  state,
  ...(exitCode === undefined ? {} : { exitCode, ms: 7 }),
});
const fold = (...bodies: RunEventBody[]) =>
  toRunView(bodies.map((body, at) => ({ at, ...body }))).commandRuns.get('code:1a2b');

test('what a code block printed is what its shell shows from the line that was typed to the next prompt', () => {
  const run = fold(
    shell('# before\r\n# '),
    command('running'),
    shell('python - < /tmp/x\r\none\r\n'),
    shell('of another service', 'db'),
    shell('two\r\n\u001b]133;D;3\u0007\u001b]133;A\u0007# '),
    command('done', 3),
  );
  expect(run).toMatchObject({ state: 'done', exitCode: 3, ms: 7 });
  expect(run && printedBy(run)).toBe('one\r\ntwo\r\n');
});

test('a block that prints nothing, or has only been typed, shows nothing', () => {
  const silent = fold(command('running'), shell('true\r\n\u001b]133;D;0\u0007# '), command('done', 0));
  expect(silent && printedBy(silent)).toBe('');
  const typed = fold(command('running'), shell('tru'));
  expect(typed && printedBy(typed)).toBe('');
});

test('run once more, it shows what it prints this time', () => {
  const run = fold(
    command('running'),
    shell('x\r\nfirst\r\n\u001b]133;D;0\u0007# '),
    command('done', 0),
    command('running'),
    shell('x\r\nagain\r\n'),
  );
  expect(run && printedBy(run)).toBe('again\r\n');
});

test('a line that a slow shell repeats twice is no output: bash says where that begins', () => {
  const run = fold(
    command('running'),
    shell(
      'echo hi\r\nroot@box:/# echo hi\r\n\u001b]133;C\u0007hi\r\n\u001b]133;D;0\u0007\u001b]133;A\u0007root@box:/# ',
    ),
    command('done', 0),
  );
  expect(run && printedBy(run)).toBe('hi\r\n');
});
