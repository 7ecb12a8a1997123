import { entryOf } from '../../demo/run/entry-of.ts';
import './drawing.css';
import type { RevealApi } from 'reveal.js';
import { toPath } from '../../stage/drawing.ts';
import type { Stroke } from '../../stage/stage-schema.ts';
import { slideKey } from '../../stage/talk-plan.ts';
import { toDrawing, toLine } from './to-drawing.ts';
import type { StageClient } from '../stage/stage-client.ts';

/** What is drawn on the slide that shows, over it and in its own pixels. */
export class DrawingLayer {
  readonly svg: SVGSVGElement;
  readonly #deck: RevealApi;
  readonly #stage: StageClient;
  /** By stroke id. */
  #paths = new Map<string, SVGPathElement>();
  #shown = '';

  constructor(deck: RevealApi, stage: StageClient) {
    this.#deck = deck;
    this.#stage = stage;
    const { width, height } = deck.getConfig();
    this.svg = toDrawing([], { width: Number(width), height: Number(height) });
    deck.getRevealElement()?.append(this.svg);
    stage.listen({ drawings: () => this.#draw() });
    deck.on('slidechanged', () => this.#draw());
    deck.on('resize', () => this.#place());
    this.#place();
    this.#draw();
  }

  /** Names the slide that shows, for its drawings. */
  get slide(): string {
    const { h, v } = this.#deck.getIndices();
    return slideKey({ id: this.#deck.getCurrentSlide().id, h, v: v ?? 0 });
  }

  /** A place on the screen in the slide's pixels, to a tenth. */
  toSlide(x: number, y: number): [number, number] {
    const { x: slideX, y: slideY } = new DOMPoint(x, y).matrixTransform(this.svg.getScreenCTM()?.inverse());
    return [Math.round(slideX * 10) / 10, Math.round(slideY * 10) / 10];
  }

  /** Over the slides, wherever reveal.js has scaled them to. */
  #place(): void {
    const { width, height } = this.#deck.getConfig();
    const scale = this.#deck.getScale();
    this.svg.style.width = `${Number(width) * scale}px`;
    this.svg.style.height = `${Number(height) * scale}px`;
  }

  #draw(): void {
    const { slide } = this;
    if (slide !== this.#shown) this.#clear();
    this.#shown = slide;
    const strokes = entryOf(this.#stage.drawings, slide) ?? [];
    for (const [id, path] of this.#paths) {
      if (strokes.some((stroke) => stroke.id === id)) continue;
      path.remove();
      this.#paths.delete(id);
    }
    for (const stroke of strokes) this.#pathOf(stroke).setAttribute('d', toPath(stroke.points));
  }

  #pathOf(stroke: Stroke): SVGPathElement {
    const known = this.#paths.get(stroke.id);
    if (known !== undefined) return known;
    const path = toLine(stroke);
    this.svg.append(path);
    this.#paths.set(stroke.id, path);
    return path;
  }

  #clear(): void {
    this.svg.replaceChildren();
    this.#paths.clear();
  }
}
