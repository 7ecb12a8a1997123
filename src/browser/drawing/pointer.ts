import { createLaserSender, toLaserPoint, type LaserSender } from '../deck/laser.ts';
import type { CallApi } from '../stage/api.ts';

/** The laser under this window's mouse or finger, on every screen. */
export class Pointer {
  readonly #surface = document.createElement('div');
  readonly #layer: SVGSVGElement;
  readonly #sender: LaserSender;
  #isSpot = false;

  /** `layer` lies over the slide, wherever that is. */
  constructor(layer: SVGSVGElement, call: CallApi) {
    this.#layer = layer;
    this.#sender = createLaserSender(call);
    this.#surface.className = 'tool-surface laser-surface';
    this.#surface.addEventListener('pointermove', (event) =>
      this.#sender.point({
        ...toLaserPoint(event, layer.getBoundingClientRect()),
        ...(this.#isSpot ? { isSpot: true } : {}),
      }),
    );
    for (const end of ['pointerleave', 'pointercancel'])
      this.#surface.addEventListener(end, () => this.#sender.point(null));
  }

  get isOn(): boolean {
    return this.#surface.isConnected;
  }

  /** Whether it is a spot of light. */
  get isSpot(): boolean {
    return this.#isSpot;
  }

  toggle(isOn: boolean, isSpot = false): void {
    this.#isSpot = isSpot;
    if (isOn) this.#layer.after(this.#surface);
    else {
      this.#surface.remove();
      this.#sender.point(null);
    }
  }
}
