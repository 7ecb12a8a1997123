import { LitElement, html, type TemplateResult } from 'lit';
import type { RecordedMarker } from '../../../demo/recording/recording.ts';
import type { PanelSession } from '../session/panel-session.ts';
import { toClock } from '../../../stage/to-clock.ts';

/** Ms between two seeks while the pointer is dragged: every screen follows each. */
const PACE = 80;
/** Ms that an arrow key goes. */
const STEP = 5000;
/** Closer than this share of the bar, two ticks are one. */
const CLOSEST = 0.004;

/** A bar to go anywhere in a recording by mouse, touch or keyboard, with a tick where a marker is. */
export class SeekBar extends LitElement {
  declare session: PanelSession;
  /** Where the pointer is while it drags, in ms; this screen shows it before the others have followed. */
  #dragged: number | undefined;
  #sentAt = 0;

  /** In the light DOM, like the panel that it is a part of. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('pointerdown', (event) => this.#press(event));
    this.addEventListener('pointermove', (event) => this.#drag(event));
    this.addEventListener('pointerup', () => this.#letGo());
    this.addEventListener('pointercancel', () => this.#letGo());
    this.addEventListener('keydown', (event) => this.#key(event));
  }

  protected override render(): TemplateResult {
    const { playing } = this.session;
    const duration = playing?.timeline.duration ?? 0;
    const position = Math.min(this.#dragged ?? playing?.position ?? 0, duration);
    return html`<div
      class="seek-track"
      role="slider"
      tabindex="0"
      aria-label="Place in the recording"
      aria-valuemin="0"
      aria-valuemax=${Math.round(duration / 1000)}
      aria-valuenow=${Math.round(position / 1000)}
      aria-valuetext="${toClock(position)} of ${toClock(duration)}"
    >
      <i class="seek-line"></i>
      <i class="seek-done" style="width:${percent(position, duration)}"></i>
      ${ticks(playing?.timeline.markers ?? [], duration).map(
        ({ at, label }) =>
          html`<i class="seek-tick" style="left:${percent(at, duration)}" title=${label}></i>`,
      )}
      <i class="seek-knob" style="left:${percent(position, duration)}"></i>
    </div>`;
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0) return;
    // No focus, and no swipe to the next slide.
    event.preventDefault();
    event.stopPropagation();
    this.setPointerCapture(event.pointerId);
    this.#moveTo(event, 0);
  }

  #drag(event: PointerEvent): void {
    if (this.#dragged !== undefined) this.#moveTo(event, PACE);
  }

  #moveTo({ clientX }: PointerEvent, pace: number): void {
    const { left, width } = this.getBoundingClientRect();
    const duration = this.session.playing?.timeline.duration ?? 0;
    this.#dragged = Math.min(1, Math.max(0, (clientX - left) / width)) * duration;
    if (performance.now() - this.#sentAt >= pace) this.#send(this.#dragged);
    this.requestUpdate();
  }

  #letGo(): void {
    if (this.#dragged !== undefined) this.#send(this.#dragged);
    this.#dragged = undefined;
  }

  /** The page's banner tells when the server is gone. */
  #send(to: number): void {
    this.#sentAt = performance.now();
    this.session.seek(to).catch(() => {});
  }

  /** Only what a slider takes, and nothing that a clicker sends: reveal.js, which listens further up, gets the rest. */
  #key(event: KeyboardEvent): void {
    if (event.key === 'PageDown' || event.key === 'PageUp') {
      if (event.target instanceof HTMLElement) event.target.blur();
      return;
    }
    const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const { playing } = this.session;
    if (direction === 0 || playing === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const to = playing.position + direction * STEP;
    this.#send(Math.min(playing.timeline.duration, Math.max(0, to)));
  }
}

customElements.define('seek-bar', SeekBar);

export function seekBar(session: PanelSession): TemplateResult {
  return html`<seek-bar .session=${session} data-prevent-swipe></seek-bar>`;
}

function percent(at: number, duration: number): string {
  return `${(duration === 0 ? 0 : (at / duration) * 100).toFixed(2)}%`;
}

/** A hundred steps in one instant are one tick, named after the first of them. */
function ticks(markers: readonly RecordedMarker[], duration: number): RecordedMarker[] {
  const shown: RecordedMarker[] = [];
  for (const marker of markers) {
    const last = shown.at(-1);
    if (last === undefined || marker.at - last.at > duration * CLOSEST) shown.push(marker);
  }
  return shown;
}
