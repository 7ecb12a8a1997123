import { describe, expect, test } from 'vitest';
import { stageRequestSchema } from '../../src/stage/stage-schema.ts';

const accepts = (change: unknown) => stageRequestSchema.safeParse(change).success;

describe('what the stage takes from a screen', () => {
  test.each([
    { type: 'move', position: { h: 0, v: 0, f: -1 } },
    { type: 'pause', isPaused: true },
    { type: 'overview', isOverview: false },
    { type: 'theme', isOther: true },
    { type: 'freeze', isFrozen: true },
    { type: 'timer', action: 'reset' },
    { type: 'view', demo: 'django', view: 'app' },
    { type: 'replay', demo: 'django' },
    { type: 'replay', demo: 'cast:img/demo.cast', speed: 2 },
    { type: 'replay-stop', demo: 'django' },
    { type: 'replay-pause', demo: 'django', isPaused: true },
    { type: 'replay-speed', demo: 'django', speed: 16 },
    { type: 'replay-seek', demo: 'django', to: 12_345.6 },
    { type: 'fallback', demo: 'django', take: false },
    { type: 'fallback-seen', demo: 'django' },
  ])('takes $type', (change) => {
    expect(accepts(change)).toBe(true);
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['an unknown change', { type: 'explode' }],
    ['what only the server does: a run', { type: 'run', demo: 'django', id: 'x' }],
    ['what only the server does: a reset', { type: 'clear', demo: 'django' }],
    ['what only the server does: an offer', { type: 'offer', demo: 'django' }],
    [
      'what only the server does: leaving a run',
      { type: 'go-on', demo: 'django', left: { at: 0, before: 0 } },
    ],
    ['a wish for the recording that says neither yes nor no', { type: 'fallback', demo: 'django' }],
    ['a slide before the first', { type: 'move', position: { h: -1, v: 0, f: -1 } }],
    ['half a slide', { type: 'move', position: { h: 0.5, v: 0, f: 0 } }],
    ['a slide in words', { type: 'move', position: { h: '1', v: 0, f: 0 } }],
    ['a position without its fragment', { type: 'move', position: { h: 0, v: 0 } }],
    ['a name as long as a book', { type: 'replay', demo: 'x'.repeat(501) }],
    ['a place before the beginning', { type: 'replay-seek', demo: 'django', to: -1 }],
    ['a place that no clock reaches', { type: 'replay-seek', demo: 'django', to: Infinity }],
    ['a recording that stands still at speed 0', { type: 'replay-speed', demo: 'django', speed: 0 }],
    ['a recording faster than anybody sees', { type: 'replay-speed', demo: 'django', speed: 17 }],
    ['a timer that flies', { type: 'timer', action: 'fly' }],
  ])('refuses %s', (_what, change) => {
    expect(accepts(change)).toBe(false);
  });
});
