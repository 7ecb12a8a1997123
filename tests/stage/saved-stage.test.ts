import { expect, test } from 'vitest';
import { fromSavedStage, savedStageSchema, toSavedStage } from '../../src/stage/saved-stage.ts';
import { initialStage, type StageState } from '../../src/stage/stage-state.ts';

test('a Deckhand that was killed brings back the other theme, a frozen picture, and a break at its new time', () => {
  const state: StageState = {
    ...initialStage(),
    version: 7,
    position: { h: 3, v: 0, f: 1 },
    isPaused: true,
    backAt: 5000,
    isOtherTheme: true,
    isFrozen: true,
  };
  const saved = savedStageSchema.parse(JSON.parse(JSON.stringify(toSavedStage(state))));
  expect(fromSavedStage(saved, 100)).toMatchObject({
    version: 7,
    position: { h: 3, v: 0, f: 1 },
    isPaused: true,
    backAt: 5100,
    isOtherTheme: true,
    isFrozen: true,
  });
});

test('what is not so is not in the file', () => {
  const saved = toSavedStage(initialStage());
  expect(Object.keys(saved)).not.toContain('isFrozen');
  expect(Object.keys(saved)).not.toContain('isOtherTheme');
});
