import { entryOf } from '../../demo/run/entry-of.ts';
import '../drawing/strokes.css';
import type { Drawings } from '../../stage/drawing.ts';
import { SLIDE } from '../../stage/print-layout.ts';
import { slideKey } from '../../stage/talk-plan.ts';
import { toDrawing } from '../drawing/to-drawing.ts';
import type { PrintSlide } from './slides.ts';

/** Puts what the speaker drew over the slide. */
export function drawOn({ id, position, box }: PrintSlide, drawings: Drawings): void {
  const [h = 0, v = 0] = position.split('/').map(Number);
  const strokes = entryOf(drawings, slideKey({ id, h, v })) ?? [];
  if (strokes.length > 0) box.append(toDrawing(strokes, SLIDE));
}
