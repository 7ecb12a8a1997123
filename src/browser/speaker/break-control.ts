import { html, nothing, type TemplateResult } from 'lit';
import { toCountdown } from '../deck/break-screen.ts';
import type { StageClient } from '../stage/stage-client.ts';

const MINUTES = [5, 10, 15, 20, 30, 60];

/** Black screens that say when the talk goes on; the bar says how long that still is. */
export function breakControl(stage: StageClient): TemplateResult {
  const { isPaused, backAt } = stage.state;
  if (isPaused && backAt !== undefined) {
    const end = () => void stage.change({ type: 'pause', isPaused: false }).catch(() => {});
    return html`<span class="paused">back in ${toCountdown(Math.max(0, backAt - stage.now()))}</span>
      <button @click=${end}>End the break</button>`;
  }
  const choose = ({ target }: Event) => {
    if (!(target instanceof HTMLSelectElement) || target.value === '') return;
    void stage.change({ type: 'break', minutes: Number(target.value) }).catch(() => {});
    target.value = '';
  };
  return html`${isPaused ? html`<span class="paused">screen is black</span>` : nothing}
    <select
      class="break"
      title="Black screens that say when you are back"
      aria-label="A break"
      @change=${choose}
    >
      <option value="">Break</option>
      ${MINUTES.map((minutes) => html`<option value=${minutes}>${minutes} minutes</option>`)}
    </select>`;
}
