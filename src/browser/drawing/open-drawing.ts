import type { RevealApi } from 'reveal.js';
import type { CallApi } from '../stage/api.ts';
import type { StageClient } from '../stage/stage-client.ts';
import { DrawingLayer } from './drawing-layer.ts';
import type { Tools } from './tools.ts';
import { loadPart } from '../load-part.ts';

/** Shows what is drawn, and gives this window a pen and a laser; they come when a key asks for one. */
export function openDrawing(deck: RevealApi, stage: StageClient, call: CallApi, canDraw: boolean): void {
  const layer = new DrawingLayer(deck, stage);
  if (!canDraw) return;
  let tools: Promise<Tools> | undefined;
  const bind = (keyCode: number, key: string, description: string, use: (tools: Tools) => void) => {
    deck.addKeyBinding({ keyCode, key, description }, () => {
      tools ??= loadPart(() => import('./tools.ts')).then(
        ({ Tools: Loaded }) => new Loaded(layer, stage, call),
      );
      void tools.then(use);
    });
  };
  bind(68, 'D', 'Draw on the slide', (loaded) => loaded.toggle('pen'));
  bind(81, 'Q', 'Point with the laser', (loaded) => loaded.toggle('pointer'));
  bind(65, 'A', 'Light a spot of the slide, and dim the rest', (loaded) => loaded.toggle('spotlight'));
  bind(87, 'W', 'Wipe the drawing', (loaded) => loaded.wipe());
}
