import type { StageState } from '../../stage/stage-state.ts';

/**
 * During a break the black screen says when the talk goes on, and counts down. Returns what to call with each state; `now` is the
 * stage's clock, in ms.
 */
export function createBreakScreen(now: () => number): (state: StageState) => void {
  const box = document.createElement('p');
  box.className = 'break-screen';
  box.setAttribute('role', 'status');
  let backAt: number | undefined;
  const draw = () => {
    if (backAt === undefined) return;
    const left = Math.max(0, backAt - now());
    const clock = new Date(Date.now() + backAt - now());
    box.replaceChildren(line('b', `Back at ${toClock(clock)}`), line('span', toCountdown(left)));
  };
  let ticker: ReturnType<typeof setInterval> | undefined;
  return (state) => {
    const next = state.isPaused ? state.backAt : undefined;
    if (next === backAt) return;
    backAt = next;
    clearInterval(ticker);
    if (backAt === undefined) return box.remove();
    document.querySelector('.reveal .pause-overlay')?.append(box);
    draw();
    ticker = setInterval(draw, 1000);
  };
}

function line(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function toClock(time: Date): string {
  return new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(time);
}

/** `9:05`; a break that lasts longer than was said counts no further than 0:00. */
export function toCountdown(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
