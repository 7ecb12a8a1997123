import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { UserError } from '../demo/user-error.ts';
import type { Drawings } from '../stage/drawing.ts';
import { drawingsSchema } from '../stage/stage-schema.ts';
import type { Stage } from '../server/stage.ts';
import { fileBeside, type DeckPath } from './deck-path.ts';

/** A line grows many times a second; the file is for later. */
const SETTLE_MS = 1000;

/** Keeps what is drawn in this talk in a file beside the deck, for paper: it takes the place of an earlier talk's. */
export function keepDrawings(path: DeckPath, stage: Stage): void {
  const file = fileBeside(path, 'drawings');
  let timer: NodeJS.Timeout | undefined;
  stage.listen(({ event }) => {
    if (event !== 'drawing') return;
    clearTimeout(timer);
    timer = setTimeout(() => void write(file, stage.drawings).catch(report), SETTLE_MS);
  });
}

async function write(file: string, slides: Drawings): Promise<void> {
  if (Object.keys(slides).length === 0) return rm(file, { force: true });
  await writeFile(`${file}.new`, JSON.stringify({ format: 1, slides }));
  await rename(`${file}.new`, file);
}

function report(error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(`  what was drawn can't be kept: ${why}\n`);
}

/** What was drawn when the talk was given last. Throws a `UserError` when nothing was. */
export async function readDrawings(path: DeckPath): Promise<Drawings> {
  const text = await readFile(fileBeside(path, 'drawings'), 'utf8').catch(() => '');
  const parsed = drawingsSchema.safeParse(toJson(text));
  if (parsed.success) return parsed.data.slides;
  const hint = 'Present it, and draw with D in the deck or in the speaker view.';
  throw new UserError('no-drawings', `There are no drawings of ${path.shown}.`, hint);
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
