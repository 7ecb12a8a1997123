import type { DeckPath } from '../deck/deck-path.ts';
import { DemoCatalog } from './demo-catalog.ts';
import { readDemoSources } from './demo-sources.ts';

/** The demos of a deck on disk: those under `demos/`, and the projects that it names. */
export async function openCatalog(path: DeckPath): Promise<DemoCatalog> {
  return DemoCatalog.open(path.folders, process.cwd(), await readDemoSources(path));
}
