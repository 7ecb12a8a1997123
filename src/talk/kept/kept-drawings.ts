import { dirname } from 'node:path';
import { UserError } from '../../demo/user-error.ts';
import { readInside } from '../../files/open-inside.ts';
import type { Drawings } from '../../stage/drawing.ts';
import { drawingsSchema } from '../../stage/stage-schema.ts';
import { fileBeside, type DeckPath } from '../deck/deck-path.ts';

/** What is drawn in this talk as a file beside the deck, for paper: it takes the place of an earlier talk's. No file without drawings. */
export function toDrawingsFile(slides: Drawings): string | undefined {
  return Object.keys(slides).length === 0 ? undefined : JSON.stringify({ format: 1, slides });
}

/** What was drawn when the talk was given last. Throws a `UserError` when nothing was. */
export async function readDrawings(path: DeckPath): Promise<Drawings> {
  const found = await findDrawings(path);
  if (Object.keys(found).length > 0) return found;
  const hint = 'Present it, and draw with D in the deck or in the speaker view.';
  throw new UserError('no-drawings', `There are no drawings of ${path.shown}.`, hint);
}

/** What the file has; nothing when there is none, or none that can be read. */
export async function findDrawings(path: DeckPath): Promise<Drawings> {
  const file = fileBeside(path, 'drawings');
  const text = (await readInside(dirname(file), file))?.toString('utf8') ?? '';
  const parsed = drawingsSchema.safeParse(toJson(text));
  return parsed.success ? parsed.data.slides : {};
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
