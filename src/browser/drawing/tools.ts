import type { CallApi } from '../stage/api.ts';
import type { StageClient } from '../stage/stage-client.ts';
import type { DrawingLayer } from './drawing-layer.ts';
import { Pen } from './pen.ts';
import { Pointer } from './pointer.ts';

/** What a hand can hold over the slide: one thing at a time. Escape lays it down. */
export class Tools {
  readonly #pen: Pen;
  readonly #pointer: Pointer;

  constructor(layer: DrawingLayer, stage: StageClient, call: CallApi) {
    this.#pen = new Pen(layer, stage);
    this.#pointer = new Pointer(layer.svg, call);
    // Before reveal.js, for which Escape is the overview.
    window.addEventListener('keydown', (event) => this.#hearKey(event), { capture: true });
  }

  toggle(tool: 'pen' | 'pointer' | 'spotlight'): void {
    this.#pen.toggle(tool === 'pen' && !this.#pen.isOn);
    const isSpot = tool === 'spotlight';
    const isNew = !this.#pointer.isOn || this.#pointer.isSpot !== isSpot;
    this.#pointer.toggle(tool !== 'pen' && isNew, isSpot);
  }

  wipe(): void {
    this.#pen.wipe();
  }

  #hearKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !(this.#pen.isOn || this.#pointer.isOn)) return;
    event.stopImmediatePropagation();
    this.#pen.toggle(false);
    this.#pointer.toggle(false);
  }
}
