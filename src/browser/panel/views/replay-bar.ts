import './replay-bar.css';
import { html, nothing, type TemplateResult } from 'lit';
import type { PanelSession, PlayingRecording } from '../session/panel-session.ts';
import type { ReplayAction } from '../session/replay-actions.ts';
import { FASTEST, SLOWEST } from '../../../stage/limits.ts';
import { seekBar } from './seek-bar.ts';
import { toClock } from '../../../stage/to-clock.ts';

/** Drawn in a box of 20 × 20. */
const SHAPES = {
  play: 'M5 3v14l12-7z',
  pause: 'M5 3h4v14H5zM11 3h4v14h-4z',
  again: 'M10 4V1L5 5.5 10 10V7a4.5 4.5 0 1 1-4.5 4.5H3A7 7 0 1 0 10 4z',
  back: 'M4 3h2.5v14H4zM17 3v14L7.5 10z',
  on: 'M13.5 3H16v14h-2.5zM3 3v14l9.5-7z',
  result: 'M2 4v12l7-6zM9 4v12l7-6zM16 4h2v12h-2z',
};

/** What the speaker does with a recording that plays; all screens follow. */
export function replayBar(session: PanelSession, act: (action: ReplayAction) => void): TemplateResult {
  const { playing } = session;
  if (playing === undefined) return html``;
  const { timeline, position } = playing;
  const button = (action: ReplayAction, words: string, key: string, shape: keyof typeof SHAPES) =>
    html`<button
      class="replay-button"
      data-action=${action}
      aria-label=${words}
      title="${words} (${key})"
      @click=${pressed(() => act(action))}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true"><path d=${SHAPES[shape]} /></svg>
    </button>`;
  return html`<div class="replay-bar" role="group" aria-label="The recording">
    ${button('hold', ...holdWords(playing))} ${button('previous-marker', 'Step back', 'U', 'back')}
    ${button('next-marker', 'Step on', 'I', 'on')}
    <span class="replay-time">${toClock(position)}</span>
    ${seekBar(session)}
    <span class="replay-time">${toClock(timeline.duration)}</span>
    ${speedButtons(playing, act)} ${button('result', 'Skip to the result', 'T', 'result')}
  </div>`;
}

/** What of a recording can't be played: under it, as long as it plays. */
export function replayNote({ playing }: PanelSession): TemplateResult | typeof nothing {
  return playing?.note === undefined
    ? nothing
    : html`<div class="panel-note" role="status">${playing.note}</div>`;
}

function holdWords({ timeline, state, position }: PlayingRecording): [string, string, keyof typeof SHAPES] {
  if (position >= timeline.duration) return ['Play again', 'E', 'again'];
  return state.startedAt === null ? ['Play', 'E', 'play'] : ['Pause', 'E', 'pause'];
}

function speedButtons({ state }: PlayingRecording, act: (action: ReplayAction) => void): TemplateResult {
  const { speed } = state;
  const button = (action: ReplayAction, words: string, sign: string, isEnd: boolean, key: string) =>
    html`<button
      class="replay-button"
      aria-label=${words}
      title="${words} (${key})"
      ?disabled=${isEnd}
      @click=${pressed(() => act(action))}
    >
      ${sign}
    </button>`;
  return html`<span class="replay-speed" role="group" aria-label="Speed">
    ${button('slower', 'Slower', '−', speed <= SLOWEST, '-')}
    <output aria-label="Speed">${speed === 0.5 ? '½' : speed}×</output>
    ${button('faster', 'Faster', '+', speed >= FASTEST, '+')}
  </span>`;
}

/** A button that was pressed with the pointer keeps no focus: Space, pressed to go on, would press it again. */
function pressed(action: () => void): (event: MouseEvent) => void {
  return (event) => {
    if (event.detail > 0 && event.currentTarget instanceof HTMLElement) event.currentTarget.blur();
    action();
  };
}
