import type { RevealApi } from 'reveal.js';
import type { StageClient } from '../stage/stage-client.ts';
import { DrawingLayer } from './drawing-layer.ts';
import type { Pen } from './pen.ts';

/** Shows what is drawn, and gives this window a pen: D takes it up and lays it down, W wipes the slide. */
export function openDrawing(deck: RevealApi, stage: StageClient, canDraw: boolean): void {
  const layer = new DrawingLayer(deck, stage);
  if (!canDraw) return;
  let pen: Promise<Pen> | undefined;
  const withPen = (use: (pen: Pen) => void) => {
    pen ??= import('./pen.ts').then(({ Pen: LoadedPen }) => new LoadedPen(layer, stage));
    void pen.then(use);
  };
  deck.addKeyBinding({ keyCode: 68, key: 'D', description: 'Draw on the slide' }, () =>
    withPen((loaded) => loaded.toggle()),
  );
  deck.addKeyBinding({ keyCode: 87, key: 'W', description: 'Wipe the drawing' }, () =>
    withPen((loaded) => loaded.wipe()),
  );
}
