import { expect, test } from 'vitest';
import { commandFault } from '../../../src/demo/run/command-fault.ts';

const ended = (text: string, exitCode = 0) => ({ service: 'web', state: 'done' as const, text, exitCode });

test('a command must print what is expected itself: the line that was typed does not count', () => {
  const expecting = { expect: { contains: 'OK' } };
  expect(commandFault(expecting, ended('echo OK; check\r\nOK\r\n'))).toBeUndefined();
  expect(commandFault(expecting, ended('echo OK | true\r\n\u001b]133;D;0\u0007# OK'))).toBe(
    'printed no "OK"',
  );
});

test('its exit code must be 0, or the one that is expected', () => {
  expect(commandFault({}, ended('x\r\n', 2))).toBe('ended with 2, not 0');
  expect(commandFault({ expect: { exit: 2 } }, ended('x\r\n', 2))).toBeUndefined();
});
