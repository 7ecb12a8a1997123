import { toClock } from '../../stage/to-clock.ts';
import { html, nothing, type TemplateResult } from 'lit';
import { timerElapsed, type TimerAction } from '../../stage/stage-state.ts';
import { behindMs, type TalkPlan } from '../../stage/talk-plan.ts';
import type { StageClient } from '../stage/stage-client.ts';
import type { SpeakerSettings } from './settings.ts';

interface TimeParts {
  stage: StageClient;
  plan: TalkPlan;
  settings: SpeakerSettings;
  redraw(): void;
}

/** The clock, the talk's timer, and how far it is from its plan. */
export function talkTime({ stage, plan, settings, redraw }: TimeParts): TemplateResult {
  const { timer } = stage.state;
  const isRunning = timer.startedAt !== null;
  const elapsed = timerElapsed(timer, stage.now());
  const act = (action: TimerAction) => () => void stage.change({ type: 'timer', action }).catch(() => {});
  const turn = () => {
    settings.toggle('countsDown');
    redraw();
  };
  const canUndo = timer.undo !== undefined && elapsed < UNDO_MS;
  return html`${clock()} ${timerButton(elapsed, plan.durationMs, isRunning, settings.countsDown, turn)}
    <button @click=${act(isRunning ? 'pause' : 'start')}>${isRunning ? 'Pause' : 'Start'}</button>
    ${canUndo ? html`<button @click=${act('undo')}>Undo reset</button>` : html`<button @click=${act('reset')}>Reset</button>`}
    ${pace(plan, stage, elapsed)}`;
}

/** How long a reset can be taken back, in ms. */
const UNDO_MS = 60_000;

function clock(): TemplateResult {
  const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(new Date());
  return html`<span class="clock" title="Clock">${time}</span>`;
}

function timerButton(
  elapsed: number,
  durationMs: number | undefined,
  isRunning: boolean,
  countsDown: boolean,
  turn: () => void,
): TemplateResult {
  if (durationMs === undefined)
    return html`<span class="timer" ?data-paused=${!isRunning} title="Time since the talk began"
      >${toClock(elapsed)}</span
    >`;
  const left = durationMs - elapsed;
  const state = left < 0 ? 'over' : left < durationMs / 10 ? 'short' : 'fine';
  const [shown, what] = countsDown ? [toClock(left), 'left'] : [toClock(elapsed), 'gone'];
  return html`<button
    class="timer"
    ?data-paused=${!isRunning}
    data-state=${state}
    title="Time ${what} of ${toClock(durationMs)}; click for the other"
    @click=${turn}
  >
    ${shown} <small>${left < 0 && countsDown ? 'over' : what}</small>
  </button>`;
}

function pace(plan: TalkPlan, stage: StageClient, elapsed: number): TemplateResult | typeof nothing {
  const behind = behindMs(plan, stage.state.position, elapsed);
  if (behind === undefined || (stage.state.timer.startedAt === null && elapsed === 0)) return nothing;
  const [state, words] =
    behind === 0
      ? ['on', 'on time']
      : behind > 0
        ? ['behind', `${toClock(behind)} behind`]
        : ['ahead', `${toClock(-behind)} ahead`];
  return html`<span class="pace" data-state=${state} title="Against ${plan.source ?? 'the plan'}"
    >${words}</span
  >`;
}
