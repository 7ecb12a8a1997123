import { html, render, type TemplateResult } from 'lit';
import { PEN_COLOURS } from '../../stage/limits.ts';
import type { Stroke } from '../../stage/stage-schema.ts';
import type { DrawingWish, StageClient } from '../stage/stage-client.ts';
import type { DrawingLayer } from './drawing-layer.ts';

/** How often a line under the pen is sent on, in ms. */
const SEND_MS = 40;

/** A pen for this window: what it draws shows on every screen as it is drawn. */
export class Pen {
  readonly #layer: DrawingLayer;
  readonly #stage: StageClient;
  readonly #surface = document.createElement('div');
  readonly #bar = document.createElement('div');
  #colour: Stroke['colour'] = 'red';
  #strokes = 0;
  #id = '';
  #waiting: number[] = [];
  #sentAt = 0;

  constructor(layer: DrawingLayer, stage: StageClient) {
    this.#layer = layer;
    this.#stage = stage;
    this.#surface.className = 'tool-surface';
    this.#bar.className = 'tool-bar';
    this.#surface.addEventListener('pointerdown', (event) => this.#begin(event));
    this.#surface.addEventListener('pointermove', (event) => this.#go(event));
    for (const end of ['pointerup', 'pointercancel']) this.#surface.addEventListener(end, () => this.#end());
  }

  get isOn(): boolean {
    return this.#surface.isConnected;
  }

  toggle(isOn = !this.isOn): void {
    if (!isOn) {
      this.#surface.remove();
      this.#bar.remove();
      return;
    }
    this.#layer.svg.after(this.#surface, this.#bar);
    this.#drawBar();
  }

  /** Takes all lines of the slide that shows back. */
  wipe(): void {
    this.#change({ type: 'wipe', slide: this.#layer.slide });
  }

  #begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#surface.setPointerCapture(event.pointerId);
    this.#strokes += 1;
    this.#id = `${Date.now()}-${this.#strokes}`;
    this.#add([event]);
  }

  #go(event: PointerEvent): void {
    if (this.#id === '') return;
    const steps = event.getCoalescedEvents();
    this.#add(steps.length > 0 ? steps : [event]);
  }

  #end(): void {
    this.#send();
    this.#id = '';
  }

  #add(events: readonly PointerEvent[]): void {
    this.#waiting.push(...events.flatMap((event) => this.#layer.toSlide(event.clientX, event.clientY)));
    if (performance.now() - this.#sentAt > SEND_MS) this.#send();
  }

  #send(): void {
    if (this.#waiting.length === 0) return;
    this.#sentAt = performance.now();
    const points = this.#waiting.splice(0);
    this.#change({ type: 'stroke', slide: this.#layer.slide, id: this.#id, colour: this.#colour, points });
  }

  /** A line that the server didn't hear of stays on this screen; the banner says that Deckhand does not answer. */
  #change(change: DrawingWish): void {
    this.#stage.draw(change).catch(() => {});
  }

  #drawBar(): void {
    render(
      html`${PEN_COLOURS.map((colour) => this.#swatch(colour))}
        <button @click=${() => this.#change({ type: 'undo', slide: this.#layer.slide })}>Undo</button>
        <button @click=${() => this.wipe()}>Wipe</button>
        <button @click=${() => this.toggle(false)}>Done</button>`,
      this.#bar,
    );
  }

  #swatch(colour: Stroke['colour']): TemplateResult {
    const choose = () => {
      this.#colour = colour;
      this.#drawBar();
    };
    return html`<button
      data-colour=${colour}
      aria-label="Draw in ${colour}"
      aria-pressed=${colour === this.#colour}
      @click=${choose}
    ></button>`;
  }
}
