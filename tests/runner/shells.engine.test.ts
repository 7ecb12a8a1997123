import { describe, expect, test, vi } from 'vitest';
import { toRunView } from '../../src/demo/run/fold-run-event.ts';
import type { ShellView } from '../../src/demo/run/shell-view.ts';
import { rehearseRun } from '../../src/runner/rehearse-run.ts';
import { startTestRun, type TestRun, uniqueName } from './run-demo.ts';
import { testEngines } from '../engine/test-engine.ts';

const SIZE = { columns: 80, rows: 20 };
const UNTIL = { timeout: 15_000, interval: 50 };

function project(command = 'sleep 1000', more = ''): Record<string, string> {
  return {
    'compose.yaml': `name: ${uniqueName()}
services:
  box:
    image: python:3.13-slim
    command: ${command}
    stop_grace_period: 0s
x-demo:
  views: [shell]
  commands:
    who: hostname && echo done
    fail: {run: "ls /nowhere", expect: {exit: 2}}
${more}`,
  };
}

async function ready(made: TestRun): Promise<void> {
  await made.first((event) => event.type === 'phase' && event.phase === 'ready');
}

/** What the shell of the service has printed by now. */
async function shell(made: TestRun): Promise<ShellView | undefined> {
  const stop = new AbortController();
  const events = [];
  setTimeout(() => stop.abort(), 20);
  for await (const event of made.run.events(0, stop.signal)) events.push(event);
  return toRunView(events).shells.get('box');
}

async function shows(made: TestRun, text: string): Promise<void> {
  await vi.waitFor(async () => expect((await shell(made))?.transcript.join('')).toContain(text), UNTIL);
}

function type(made: TestRun, text: string, screen = 'deck', take = false): Promise<void> {
  return made.run.shells.type('box', { text, screen, take });
}

describe.each(testEngines)('a shell, on %s', (builder) => {
  test('what is typed runs in the container; commands tell how they ended', async () => {
    await using made = await startTestRun(project(), { builder });
    await ready(made);
    await made.run.shells.open('box', SIZE);
    await type(made, 'echo $((6 * 7)) $COLUMNS\r');
    await shows(made, '42 80');
    await made.run.shells.typeCommand('who');
    await made.run.shells.runCommand();
    const done = await made.first((event) => event.type === 'command' && event.state === 'done');
    expect(done).toMatchObject({ name: 'who', exitCode: 0, service: 'box' });
    await shows(made, 'done\r\n');
    await made.run.shells.typeCommand('fail');
    await made.run.shells.runCommand();
    const failed = await made.first((event) => event.type === 'command' && event.exitCode === 2);
    expect(failed).toMatchObject({ name: 'fail', state: 'done' });
    await expect(made.run.shells.typeCommand('nothing')).rejects.toMatchObject({ code: 'unknown-command' });
    await expect(made.run.shells.runCommand()).rejects.toMatchObject({ code: 'nothing-typed' });
  });
});

test('one screen has the keyboard; another takes it by a click, and is refused without', async () => {
  await using made = await startTestRun(project());
  await ready(made);
  await expect(type(made, 'a')).rejects.toMatchObject({ code: 'no-shell' });
  await made.run.shells.open('box', SIZE);
  await type(made, 'echo one\r', 'deck');
  await expect(type(made, 'echo two\r', 'speaker')).rejects.toMatchObject({ code: 'keyboard-elsewhere' });
  await type(made, 'echo three\r', 'speaker', true);
  await expect(type(made, 'echo four\r', 'deck')).rejects.toMatchObject({ code: 'keyboard-elsewhere' });
  await shows(made, 'three\r\n');
});

test('a shell that ends says so, and can be opened again; a container that dies under it says so as well', async () => {
  await using made = await startTestRun(project('sleep 1000', '  shell: {service: box, command: [bash]}\n'));
  await ready(made);
  await made.run.shells.open('', SIZE);
  await type(made, 'exit 3\r');
  await shows(made, 'The shell has ended with 3.');
  await made.run.shells.open('box', SIZE);
  await type(made, 'echo again\r');
  await shows(made, 'again\r\n');
  await made.run.control('box', 'kill');
  await vi.waitFor(async () => expect((await shell(made))?.isOver).toBe(true), UNTIL);
});

test('50 MB of output are bounded, and the next key is answered', async () => {
  await using made = await startTestRun(project());
  await ready(made);
  await made.run.shells.open('box', SIZE);
  await type(
    made,
    "python3 -c \"print('x' * 79 + '\\n' * 1, end='') or [print('y' * 79) for _ in range(625000)]\"; echo en''d\r",
  );
  await vi.waitFor(async () => expect((await shell(made))?.transcript.join('')).toContain('end\r\n'), {
    timeout: 60_000,
    interval: 500,
  });
  const view = await shell(made);
  expect(view?.transcriptSize).toBeLessThan(1_100_000);
  await type(made, 'echo still\r');
  await shows(made, 'still\r\n');
}, 90_000);

test('a rehearsal runs every command, and says which did not end as expected', async () => {
  const commands = `  commands:
    fine: {run: echo OK, expect: {contains: OK}}
    wrong: {run: "false"}
    silent: {run: echo no, expect: {contains: yes it is}}
    slow: {run: sleep 100, budget: 1s}
`;
  const files = project();
  files['compose.yaml'] = `${(files['compose.yaml'] ?? '').split('  commands:')[0] ?? ''}${commands}`;
  await using made = await startTestRun(files);
  const problems: string[] = [];
  await rehearseRun(made.run, made.demo, {
    pauseMs: 10,
    onEvent: () => {},
    onProblem: ({ message }) => problems.push(message),
  });
  expect(problems).toEqual([
    'The command "wrong" ended with 1, not 0.',
    'The command "silent" printed no "yes it is".',
    'The command "slow" had not ended after 1 s.',
  ]);
});

test('a plain sh tells the ends of its commands as bash does', async () => {
  const files = project('sleep 1000', '  shell: {service: box, command: [sh]}\n');
  await using made = await startTestRun(files);
  await ready(made);
  await made.run.shells.typeCommand('fail');
  await made.run.shells.runCommand();
  const done = await made.first((event) => event.type === 'command' && event.state === 'done');
  expect(done).toMatchObject({ name: 'fail', exitCode: 2 });
  const text = (await shell(made))?.transcript.join('');
  expect(text).toMatch(/[#$] ls \/nowhere/u);
  expect(text).not.toContain(String.raw`\$`);
});
