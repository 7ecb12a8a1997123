import type { Diagnostic } from '../../deck/deck.ts';
import type { Stage } from '../../server/stage.ts';
import type { DeckPath } from '../../talk/deck/deck-path.ts';
import type { DemoCatalog } from '../../talk/demos/demo-catalog.ts';
import { toPlainLine } from './plain-text.ts';
import { talkProblems } from '../../talk/deck/talk-problems.ts';
import type { WatchedDeck } from '../../talk/deck/watched-deck.ts';
import { WRITERS } from '../../talk/writers.ts';

interface ProblemParts {
  path: DeckPath;
  deck: WatchedDeck;
  catalog: DemoCatalog;
}

/**
 * Says in the terminal what is wrong with the deck and the files that it names, now and after each save; each problem once,
 * until it is fixed.
 */
export function printTalkProblems(stage: Stage, parts: ProblemParts): () => void {
  let printed: ReadonlySet<string> = new Set();
  let work = Promise.resolve();
  const look = async () => {
    const problems = await findErrors(parts);
    const texts = new Set(problems.map((one) => toText(parts.path, one)));
    for (const text of texts) if (!printed.has(text)) WRITERS.stderr(text);
    printed = texts;
  };
  const lookSoon = () => {
    work = work.then(look).catch((error: unknown) => WRITERS.stderr(`${String(error)}\n`));
  };
  lookSoon();
  return stage.listen(({ event }) => {
    if (event === 'deck' || event === 'demos') lookSoon();
  });
}

async function findErrors({ path, deck, catalog }: ProblemParts): Promise<Diagnostic[]> {
  const mistakesOf = (demo: string) => catalog.find(demo)?.mistakes ?? [];
  const found = [...deck.diagnostics, ...(await talkProblems(path.shown, deck.deck, mistakesOf))];
  return found.filter(({ severity }) => severity === 'error');
}

function toText(path: DeckPath, { file, line, column, message, hint }: Diagnostic): string {
  const next = hint === undefined ? '' : `  ${toPlainLine(hint)}\n`;
  return `${toPlainLine(`${file ?? path.shown}:${line}:${column}: ${message}`)}\n${next}`;
}
