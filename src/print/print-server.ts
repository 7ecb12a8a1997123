import type { Stage } from '../server/stage.ts';
import type { Drawings } from '../stage/drawing.ts';
import type { DeckPath } from '../talk/deck/deck-path.ts';
import { openCatalog } from '../talk/demos/open-catalog.ts';
import { openServer } from '../talk/open-server.ts';
import { WatchedDeck } from '../talk/deck/watched-deck.ts';

export interface PrintServer {
  /** Lets the browser in that prints. */
  link: string;
  stage: Stage;
  deck: WatchedDeck;
  close(): Promise<void>;
}

/** Puts a deck and its recordings where a browser can print them; no demo runs. */
export async function openPrintServer(
  path: DeckPath,
  version: string,
  drawings: Drawings,
): Promise<PrintServer> {
  const catalog = await openCatalog(path);
  const deck = await WatchedDeck.open(path, () => catalog.views);
  const startRun = () => Promise.reject(new Error('Nothing runs on paper'));
  const summaries = () => catalog.summaries(undefined);
  const parts = { path, deck, catalog, version, port: 0, summaries, startRun, drawings };
  const { link, stage, close } = await openServer(parts);
  return { link, stage, deck, close };
}
