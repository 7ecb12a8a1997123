import { expect, test } from 'vitest';
import { toShellCasts } from '../../../src/runner/recorder/shell-casts.ts';

const shell = (body: object) => JSON.stringify({ type: 'shell', service: 'web', ...body });

test('each shell of a recording is a cast of its own, on the run’s clock', () => {
  const recording = [
    '{"version":3,"term":{"cols":80,"rows":24}}',
    JSON.stringify([0.5, 'm', 'ready']),
    JSON.stringify([1, 'd', shell({ text: '', columns: 66, rows: 16 })]),
    JSON.stringify([0.25, 'd', shell({ text: '$ ls\r\n' })]),
    JSON.stringify([1, 'o', 'the run prints']),
    JSON.stringify([1, 'd', shell({ text: 'app.py\r\n', columns: 70, rows: 16 })]),
    'not a line',
    '',
  ].join('\n');
  expect(toShellCasts(recording, 'Shop', 7).get('web')?.split('\n')).toEqual([
    '{"version":3,"term":{"cols":66,"rows":16},"timestamp":7,"title":"Shop: shell in web"}',
    '[1.75,"o","$ ls\\r\\n"]',
    '[2,"r","70x16"]',
    '[0,"o","app.py\\r\\n"]',
    '',
  ]);
});

test('a run without a shell has none', () => {
  expect(toShellCasts('{"version":3}\n[1,"o","x"]\n', 'Shop', 7).size).toBe(0);
});
