import { nextMarker, previousMarker } from '../../../demo/recording/timeline.ts';
import type { ReplayChange } from '../../../stage/stage-schema.ts';
import type { PlayingRecording } from './panel-session.ts';

export const SPEEDS = [0.5, 1, 2, 4, 8, 16];

const REPLAY_ACTIONS = [
  'replay',
  'hold',
  'next-marker',
  'previous-marker',
  'result',
  'faster',
  'slower',
] as const;

/** What the speaker can do to a recording: `hold` is play, pause and go on in one. */
export type ReplayAction = (typeof REPLAY_ACTIONS)[number];

export function isReplayAction(action: string): action is ReplayAction {
  return REPLAY_ACTIONS.some((one) => one === action);
}

/** Ms of a viewer's time in which a second press of "back" means the marker before. */
const JUST_PASSED = 700;

/** What an action asks of the stage; undefined when there is nothing to do. `demo` is the panel's key on the stage. */
export function toReplayChange(
  action: ReplayAction,
  demo: string,
  playing: PlayingRecording | undefined,
): ReplayChange | undefined {
  if (action === 'replay') return { type: 'replay', demo };
  if (playing === undefined) return action === 'hold' ? { type: 'replay', demo } : undefined;
  const { timeline, state, position } = playing;
  const seek = (to: number): ReplayChange => ({ type: 'replay-seek', demo, to });
  switch (action) {
    case 'hold':
      if (position >= timeline.duration) return { type: 'replay', demo };
      return { type: 'replay-pause', demo, isPaused: state.startedAt !== null };
    case 'next-marker':
      return seek(nextMarker(timeline, position));
    case 'previous-marker':
      return seek(
        previousMarker(timeline, position, state.startedAt === null ? 1 : JUST_PASSED * state.speed),
      );
    case 'result':
      return seek(timeline.resultAt);
    case 'faster':
      return { type: 'replay-speed', demo, speed: SPEEDS.find((speed) => speed > state.speed) ?? 16 };
    case 'slower':
      return { type: 'replay-speed', demo, speed: SPEEDS.findLast((speed) => speed < state.speed) ?? 0.5 };
  }
}
