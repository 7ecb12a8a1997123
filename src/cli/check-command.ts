import { runCheck } from './check.ts';
import { findDeck } from '../talk/deck/deck-path.ts';
import { openCatalog } from '../talk/demos/open-catalog.ts';
import { measureLayout } from '../print/measure-layout.ts';
import { WRITERS } from '../talk/writers.ts';

export interface CheckCommandOptions {
  deck: string | undefined;
  json?: boolean;
  layout?: boolean;
  version: string;
}

/** `deckhand check` with the deck's own demos, and a browser when the layout is asked for. Returns the exit code. */
export async function runCheckCommand({ deck, json, layout, version }: CheckCommandOptions): Promise<number> {
  const path = await findDeck(deck, process.cwd());
  const catalog = await openCatalog(path);
  const measure = (compiled: Parameters<typeof measureLayout>[2]) => measureLayout(path, version, compiled);
  const mistakesOf = (demo: string) => catalog.find(demo)?.mistakes ?? [];
  const options = {
    demos: catalog.views,
    mistakesOf,
    json: json ?? false,
    ...(layout === true ? { measure } : {}),
  };
  return runCheck(path.shown, options, WRITERS);
}
