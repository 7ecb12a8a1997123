import { describe, expect, test } from 'vitest';
import type { RunEventBody } from '../../../src/demo/run/run-event.ts';
import { terminalText } from '../../../src/demo/run/terminal-text.ts';

// oxlint-disable-next-line no-control-regex -- the colours of a terminal are control characters
const COLOUR = /\u001b\[\d+m/g;
const plain = (event: RunEventBody) => terminalText(event).replaceAll(COLOUR, '');
const step = { type: 'step', service: 'web', step: 3, of: 9, name: 'RUN pip install' } as const;

describe('what a terminal shows of an event', () => {
  test.each<[string, RunEventBody, string]>([
    [
      'output with its line feeds made whole',
      { type: 'output', service: 'web', text: 'a\nb\r\nc' },
      'a\r\nb\r\nc',
    ],
    [
      'output of another container with its number at each line',
      { type: 'output', service: 'web', number: 2, text: 'a\n\nb\n' },
      '2 │ a\r\n2 │ \r\n2 │ b\r\n',
    ],
    ['a step that begins', { ...step, state: 'running' }, '[3/9] RUN pip install\r\n'],
    ['a cached step', { ...step, state: 'cached' }, '[3/9] RUN pip install cached\r\n'],
    ['a failed step', { ...step, state: 'failed' }, '[3/9] RUN pip install failed\r\n'],
    ['nothing of a step that is done: it was there when it began', { ...step, state: 'done' }, ''],
    [
      'an app that answers',
      { type: 'app', service: 'web', url: 'http://x/', reachable: true },
      '● http://x/ answers\r\n',
    ],
    [
      'nothing of an app that does not',
      { type: 'app', service: 'web', url: 'http://x/', reachable: false },
      '',
    ],
    ['the phases that people wait for', { type: 'phase', phase: 'building' }, '— building the image —\r\n'],
    ['nothing of a phase that needs no words', { type: 'phase', phase: 'queued' }, ''],
    ['a question', { type: 'answer', question: 'Where?', status: 200, reply: '{}' }, '? Where?\r\n'],
    ['nothing of a layer', { type: 'layer', service: 'web', step: 1, bytes: 1 }, ''],
  ])('is %s', (_what, event, text) => {
    expect(plain(event)).toBe(text);
  });

  test('is an error with its hint, each on a line of its own even when a message has several', () => {
    const text = plain({ type: 'error', code: 'x', message: 'no\nspace left', hint: 'Make room' });
    expect(text).toBe('✗ no\r\nspace left\r\n  Make room\r\n');
  });

  test('is the second container when it is ready, and not the first, which the run told of', () => {
    const facts = { service: 'web', state: 'ready', name: 'n', hostname: 'f00', pidOnHost: 1 } as const;
    expect(plain({ type: 'replica', facts: { ...facts, number: 1 } })).toBe('');
    expect(plain({ type: 'replica', facts: { ...facts, number: 2 } })).toBe('● container 2, f00, runs\r\n');
    expect(plain({ type: 'replica', facts: { ...facts, number: 2, state: 'starting' } })).toBe('');
  });

  test('names the service of each line where there are several, and an unfinished line once', () => {
    const output = (text: string, after?: 'own' | 'other', number?: number) =>
      plain({
        type: 'output',
        service: 'api',
        isNamed: true,
        text,
        ...(after === undefined ? {} : { after }),
        ...(number === undefined ? {} : { number }),
      });
    expect(output('one\n\ntwo')).toBe('api │ one\r\napi │ \r\napi │ two');
    expect(output(' and more\nnext\n', 'own')).toBe(' and more\r\napi │ next\r\n');
    expect(output('between\n', 'other')).toBe('\r\napi │ between\r\n');
    expect(output('second\n', undefined, 2)).toBe('api-2 │ second\r\n');
  });

  test('leaves no colour on for the line after', () => {
    const on = terminalText({ ...step, state: 'failed' });
    expect(on.lastIndexOf('\u001b[0m')).toBeGreaterThan(on.lastIndexOf('\u001b[31m'));
  });
});
