import { watchBreaks } from './watch-breaks.ts';
import type { RevealApi } from 'reveal.js';
import type { Position, StageState } from '../../stage/stage-state.ts';
import { rememberSeen, type Seen } from '../stage/seen-stage.ts';
import type { StageClient } from '../stage/stage-client.ts';

/** Two-way: what the speaker does in this window goes to the stage, what the stage says is shown in this window. */
export interface StageFollower {
  /** Runs `action` without telling the stage of the moves that it makes. */
  quietly(action: () => void): void;
  /** What the stage says counts for the slides that `work` makes: it is shown when that is done. */
  after(work: Promise<void>): void;
}

export interface FollowOptions {
  mirror: 'current' | 'next' | undefined;
  /** Whether the page's address may move the talk: as in PageData. */
  isAskedFor: boolean;
}

export function followStage(
  deck: RevealApi,
  stage: StageClient,
  { mirror, isAskedFor }: FollowOptions,
): StageFollower {
  let isQuiet = false;
  let pending = 0;
  const quietly = (action: () => void) => {
    isQuiet = true;
    action();
    isQuiet = false;
  };
  stage.listen({
    stage: (state) => {
      if (stage.isSettled && pending === 0) quietly(() => show(deck, state, mirror));
    },
  });
  if (mirror !== 'next') watchBreaks(stage);
  const after = (work: Promise<void>) => {
    pending += 1;
    void work.then(() => {
      pending -= 1;
      if (pending === 0 && stage.isSettled) quietly(() => show(deck, stage.state, mirror));
    });
  };
  if (mirror === 'next') return { quietly, after };
  let hasMoved = false;
  const tell = () => {
    if (isQuiet) return;
    hasMoved = true;
    tellMoves(deck, stage);
  };
  for (const event of ['slidechanged', 'fragmentshown', 'fragmenthidden']) deck.on(event, tell);
  for (const event of ['paused', 'resumed']) {
    deck.on(event, () => {
      if (!isQuiet) void stage.change({ type: 'pause', isPaused: deck.isPaused() }).catch(ignoreLost);
    });
  }
  for (const event of ['overviewshown', 'overviewhidden']) {
    deck.on(event, () => {
      if (!isQuiet) void stage.change({ type: 'overview', isOverview: deck.isOverview() }).catch(ignoreLost);
    });
  }
  if (mirror === undefined)
    startWhereOpened(deck, stage, { tell, quietly, hasMoved: () => hasMoved, isAskedFor });
  return { quietly, after };
}

/** What this window's user did in it. */
interface OwnMoves {
  tell(): void;
  quietly(action: () => void): void;
  hasMoved(): boolean;
  isAskedFor: boolean;
}

function tellMoves(deck: RevealApi, stage: StageClient): void {
  const position = positionOf(deck);
  void stage.change({ type: 'move', position }).catch(ignoreLost);
}

/** The talk goes on in this window when the server is gone; the banner says so. */
function ignoreLost(): void {}

function positionOf(deck: RevealApi): Position {
  const { h, v, f } = deck.getIndices();
  return { h, v: v ?? 0, f: f ?? -1 };
}

function isAt(deck: RevealApi, { h, v, f }: Position): boolean {
  const here = positionOf(deck);
  return here.h === h && here.v === v && here.f === f;
}

function show(deck: RevealApi, state: StageState, mirror?: 'current' | 'next'): void {
  const { h, v, f } = state.position;
  if (mirror === 'next') return showNext(deck, state);
  if (!isAt(deck, state.position)) deck.slide(h, v, f);
  if (deck.isPaused() !== state.isPaused) deck.togglePause(state.isPaused);
  if (deck.isOverview() !== state.isOverview) deck.toggleOverview(state.isOverview);
}

function showNext(deck: RevealApi, { position: { h, v, f } }: StageState): void {
  deck.slide(h, v, f);
  const isEnd = deck.isLastSlide() && !deck.availableFragments().next;
  document.documentElement.classList.toggle('at-end', isEnd);
  if (!isEnd) deck.next();
}

/**
 * A window that arrives joins the talk where it is. Only an address with a slide in it that the speaker's own hand gave takes every
 * screen there. A window that was there before and has seen a newer talk than the server's counts, so that restarting Deckhand in the
 * middle of a talk keeps the slide. A press that comes before the first state has told its own.
 */
function startWhereOpened(deck: RevealApi, stage: StageClient, own: OwnMoves): void {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const isNew = navigation?.type === 'navigate';
  // As it was before reveal.js wrote its own.
  const namesSlide = window.deckhand.hash.length > 2;
  let isFirst = true;
  const seen = rememberSeen(stage);
  // The slide, not its number: a save may come before the first state does.
  const slide = deck.getCurrentSlide();
  const { f } = positionOf(deck);
  const asked = (): Position | undefined => {
    if (!own.isAskedFor || !namesSlide) return undefined;
    const { h, v } = deck.getIndices(slide);
    return { h, v: v ?? 0, f };
  };
  stage.listen({
    stage: (state) => {
      if (!isFirst) return;
      isFirst = false;
      // What was done here while nobody answered is newer still, and on its way.
      if (own.hasMoved() || stage.isMoving) return;
      const to = isNew ? asked() : newer(seen, state);
      if (to === undefined) return;
      own.quietly(() => deck.slide(to.h, to.v, to.f));
      if (!isAt(deck, state.position)) own.tell();
    },
  });
}

function newer(seen: Seen | undefined, state: StageState): Position | undefined {
  return seen !== undefined && seen.version > state.version ? seen.position : undefined;
}
