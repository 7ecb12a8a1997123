import { expect, test } from 'vitest';
import { parseLayout } from '../../../src/deck/syntax/block/view-layout.ts';

test('views stand side by side and above each other; | binds closer than /', () => {
  expect(parseLayout('(map | app) / logs')).toEqual({
    layout: { above: [{ beside: ['map', 'app'] }, 'logs'] },
  });
  expect(parseLayout('map | app / logs:web')).toEqual({
    layout: { above: [{ beside: ['map', 'app'] }, 'logs:web'] },
  });
  expect(parseLayout('edit:hello/views.py | app')).toEqual({
    layout: { beside: ['edit:hello/views.py', 'app'] },
  });
  expect(parseLayout('map | (app / logs)')).toEqual({
    layout: { beside: ['map', { above: ['app', 'logs'] }] },
  });
});

test.each([
  ['(map | app', 'a bracket is not closed'],
  ['map | / app', 'a view is missing before "/"'],
  ['map |', 'a view is missing at its end'],
  ['map app | logs', '"app" is not expected there: put | or / between views'],
  ['a | b | c | d | e', "5 views don't fit on a slide: 4 do"],
])('%s: %s', (written, problem) => {
  expect(parseLayout(written)).toEqual({ problem });
});
