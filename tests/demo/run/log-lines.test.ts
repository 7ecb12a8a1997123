import { expect, test } from 'vitest';
import { LogLines } from '../../../src/demo/run/log-lines.ts';

test('lines are told apart by the service that printed them, colours aside', () => {
  const lines = new LogLines();
  const transcript = ['— starting —\r\n', '\u001b[36mweb │\u001b[0m one\r\n\u001b[33mdb │\u001b[0m tw'];
  lines.read(transcript);
  transcript.push('o\r\n\u001b[36mweb-2 │\u001b[0m three\r\n');
  lines.read(transcript);
  expect(lines.of('')).toEqual([
    { service: 'web', text: 'one' },
    { service: 'db', text: 'two' },
    { service: 'web-2', text: 'three' },
  ]);
  expect(lines.of('web').map(({ text }) => text)).toEqual(['one', 'three']);
});

test('where there is one service only, every line is its own', () => {
  const lines = new LogLines();
  lines.read(['10 %\r20 %\r100 %\r\ndone\r\n']);
  expect(lines.of('web')).toEqual([
    { service: '', text: '100 %' },
    { service: '', text: 'done' },
  ]);
});
