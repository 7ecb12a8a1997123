import './strokes.css';
import { toPath } from '../../stage/drawing.ts';
import type { Stroke } from '../../stage/stage-schema.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** A picture over a slide of this size. */
export function toDrawing(
  strokes: readonly Stroke[],
  { width, height }: { width: number; height: number },
): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.classList.add('drawing');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.append(...strokes.map(toLine));
  return svg;
}

/** One line of it. */
export function toLine({ colour, points }: Stroke): SVGPathElement {
  const path = document.createElementNS(SVG, 'path');
  path.dataset['colour'] = colour;
  path.setAttribute('d', toPath(points));
  return path;
}
