import { findEngine } from '../engine/find-engine.ts';
import { findDeck } from '../talk/deck/deck-path.ts';
import { toBoardText } from './text/board-text.ts';
import { lookAtEverything } from '../talk/preflight/look.ts';

export interface PreflightOptions {
  deck: string | undefined;
  port: number;
  engine?: string | undefined;
  json?: boolean | undefined;
}

/** Looks at everything that the talk needs on this machine, now. Returns the exit code: 1 when something is red. */
export async function runPreflight({ deck, port, engine: asked, json }: PreflightOptions): Promise<number> {
  const path = await findDeck(deck, process.cwd());
  const engine = findEngine({ engine: asked });
  const board = await lookAtEverything({ path, port, engine });
  (await engine.catch(() => undefined))?.engine?.close();
  if (json === true) process.stdout.write(`${JSON.stringify(board, undefined, 2)}\n`);
  else {
    process.stdout.write(toBoardText(board, process.stdout.isTTY && process.env['NO_COLOR'] === undefined));
    process.stdout.write(
      'Screen and zoom: only a browser knows them. Present, and press Preflight in the speaker view.\n',
    );
  }
  return board.checks.some(({ state }) => state === 'red') ? 1 : 0;
}
