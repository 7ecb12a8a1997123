import { reportBug } from '../../debug/report-bug.ts';
import type { Stage } from '../../server/stage.ts';
import type { DeckPath } from '../deck/deck-path.ts';
import type { WatchedDeck } from '../deck/watched-deck.ts';
import type { DemoCatalog } from './demo-catalog.ts';
import { toDemoSources } from './demo-sources.ts';

/** After each save, reads the projects that the deck names now, and tells when they are others. Returns what ends it. */
export function followSources(
  stage: Stage,
  parts: { path: DeckPath; deck: WatchedDeck; catalog: DemoCatalog },
  onChange: () => void,
): () => void {
  const look = async () => {
    const { path, deck, catalog } = parts;
    if (await catalog.useSources(await toDemoSources(deck.deck, path))) onChange();
  };
  return stage.listen(({ event }) => event === 'deck' && void look().catch(reportBug));
}
