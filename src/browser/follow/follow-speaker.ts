import { watchBreaks } from '../deck/watch-breaks.ts';
import type { RevealApi } from 'reveal.js';
import type { Position, StageState } from '../../stage/stage-state.ts';
import type { StageFollower } from '../deck/follow-stage.ts';
import type { StageClient } from '../stage/stage-client.ts';

/**
 * Goes where the speaker goes, until the reader looks back; one tap returns. Ahead of the speaker's furthest step nobody gets:
 * that would spoil the talk (the slides are in the page all the same, and no secret).
 */
export function followSpeaker(deck: RevealApi, stage: StageClient): StageFollower {
  let isQuiet = false;
  let isFollowing = true;
  let pending = 0;
  let furthest: Position | undefined;
  const quietly = (action: () => void) => {
    isQuiet = true;
    action();
    isQuiet = false;
  };
  const back = backButton(() => {
    isFollowing = true;
    show();
  });
  const show = () => {
    back.hidden = isFollowing;
    if (isFollowing && pending === 0) quietly(() => showState(deck, stage.state));
  };
  stage.listen({
    stage: ({ position }) => {
      if (furthest === undefined || compare(position, furthest) > 0) furthest = position;
      show();
    },
  });
  watchBreaks(stage);
  for (const event of ['slidechanged', 'fragmentshown', 'fragmenthidden']) {
    deck.on(event, () => {
      if (isQuiet || furthest === undefined) return;
      const here = positionOf(deck);
      isFollowing = compare(here, furthest) > 0 || compare(here, stage.state.position) === 0;
      show();
    });
  }
  const after = (work: Promise<void>) => {
    pending += 1;
    void work.then(() => {
      pending -= 1;
      show();
    });
  };
  return { quietly, after };
}

function backButton(onTap: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.className = 'back-to-speaker';
  button.textContent = 'Back to the speaker';
  button.hidden = true;
  button.addEventListener('click', onTap);
  document.body.append(button);
  return button;
}

function showState(deck: RevealApi, { position, isPaused }: StageState): void {
  const { h, v, f } = position;
  if (compare(positionOf(deck), position) !== 0) deck.slide(h, v, f);
  if (deck.isOverview()) deck.toggleOverview(false);
  if (deck.isPaused() !== isPaused) deck.togglePause(isPaused);
}

function positionOf(deck: RevealApi): Position {
  const { h, v, f } = deck.getIndices();
  return { h, v: v ?? 0, f: f ?? -1 };
}

/** Below 0 when `a` comes before `b` in the talk. */
function compare(a: Position, b: Position): number {
  return a.h - b.h || a.v - b.v || a.f - b.f;
}
