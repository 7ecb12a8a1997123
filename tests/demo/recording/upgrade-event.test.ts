import { expect, test } from 'vitest';
import { upgradeEvent, type UpgradeStep } from '../../../src/demo/recording/upgrade-event.ts';

const STEPS: UpgradeStep[] = [
  ({ label, ...event }) => ({ ...event, name: label }),
  (event) => ({ ...event, isNew: true }),
];

test('an event of an older format takes every step to today’s, and one of today’s none', () => {
  const old = { type: 'step', label: 'RUN a' };
  expect(upgradeEvent(old, 1, STEPS)).toEqual({ type: 'step', name: 'RUN a', isNew: true });
  expect(upgradeEvent({ type: 'step', name: 'RUN a' }, 2, STEPS)).toEqual({
    type: 'step',
    name: 'RUN a',
    isNew: true,
  });
  expect(upgradeEvent(old, 3, STEPS)).toEqual(old);
});

test('what is no event stays as it is, for the check that follows', () => {
  for (const data of [undefined, null, 'text', 7, [1]]) expect(upgradeEvent(data, 1, STEPS)).toEqual(data);
});
