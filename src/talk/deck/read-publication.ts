import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Deck, Diagnostic } from '../../deck/deck.ts';
import { toAudienceDeck } from '../../deck/without-notes.ts';
import { UserError } from '../../demo/user-error.ts';
import { readBundle } from '../../site/bundle.ts';
import type { Publication, RecordedDemo } from '../../site/publication.ts';
import { readInside } from '../../files/open-inside.ts';
import { chooseRecording } from '../demos/chosen-recording.ts';
import { missingFiles } from './missing-files.ts';
import { compileWithFiles } from './compile-talk.ts';
import { readDeckFile } from './deck-file.ts';
import type { DemoCatalog } from '../demos/demo-catalog.ts';
import { openCatalog } from '../demos/open-catalog.ts';
import { countText, diagnosticText } from './diagnostic-text.ts';
import { findDeck, type DeckPath } from './deck-path.ts';
import { findDeckFiles } from './published-files.ts';
import type { Writers } from '../writers.ts';

/** `dist/`, which holds the bundled command line too. */
const DIST = fileURLToPath(new URL('..', import.meta.url));

export interface ReadPublication {
  publication: Publication;
  path: DeckPath;
  /** What the author should know, and what does not stop the deck from being published. */
  notes: string[];
}

/** Reads a deck with all that it needs. Throws a `UserError` for a deck with errors, after printing them. */
export async function readPublication(
  given: string | undefined,
  writers: Writers,
  withNotes = true,
): Promise<ReadPublication> {
  const path = await findDeck(given, process.cwd());
  const catalog = await openCatalog(path);
  const { text, problem } = await readDeckFile(path.file);
  if (text === undefined)
    throw new UserError(problem.code, `${path.shown}: ${problem.message}`, problem.hint ?? '');
  const compiled = await compileWithFiles(text, { demos: catalog.views }, path.places);
  const diagnostics = [...compiled.diagnostics, ...(await missingFiles(path.file, compiled))];
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    for (const error of errors) writers.stderr(diagnosticText(path.shown, text, error));
    const hint = `Put them right, or look at them with: deckhand check ${path.shown}`;
    throw new UserError(
      'deck-has-errors',
      `${countText(errors)} in ${path.shown}; nothing was written.`,
      hint,
    );
  }
  const deck = withNotes ? compiled : toAudienceDeck(compiled);
  const { demos, notes } = await readDemos(deck, catalog);
  const { files, casts, remotes } = await findDeckFiles(deck, path.places);
  notes.push(...diagnostics.flatMap(toUnpublished));
  notes.push(
    ...remotes.map((origin) => `Slides show something from ${origin}: visitors' browsers will ask it.`),
  );
  const address = addressOf(deck);
  const found = { deck, demos, files, casts, remotes, bundle: await readBundle(DIST) };
  return { publication: address === undefined ? found : { ...found, address }, path, notes };
}

/** What is named and not published; why, and where. */
function toUnpublished({ code, line, message }: Diagnostic): string[] {
  return UNPUBLISHED.has(code) ? [`Line ${line}: ${message}`] : [];
}

const UNPUBLISHED = new Set(['not-handed-out', 'missing-in-file', 'missing-link-target']);

/** The deck's `site:`, as a folder. */
function addressOf({ meta }: Deck): string | undefined {
  const { site } = meta;
  if (site === undefined) return undefined;
  if (typeof site === 'string' && /^https?:\/\//.test(site) && URL.canParse(site))
    return site.replace(/\/?$/, '/');
  const hint = 'Write the whole address in the YAML block: site: https://example.org/talk/';
  throw new UserError('bad-site', `"site: ${JSON.stringify(site)}" is not a web address.`, hint);
}

async function readDemos(
  deck: Deck,
  catalog: DemoCatalog,
): Promise<{ demos: RecordedDemo[]; notes: string[] }> {
  const notes: string[] = [];
  const demos: RecordedDemo[] = [];
  const summaries = catalog.summaries(undefined);
  for (const name of new Set(deck.demos.map((use) => use.name))) {
    const demoFolder = catalog.find(name)?.folder ?? '';
    const summary = summaries.find((one) => one.name === name);
    const { folder, recording: found } = await chooseRecording(demoFolder);
    if (summary?.recording === undefined || found === undefined || 'unreadable' in found) {
      const why =
        found !== undefined && 'unreadable' in found
          ? `a recording that can't be read: ${found.unreadable}`
          : 'no recording';
      notes.push(`The demo "${name}" has ${why}. Its slides show the text that stands in the deck.`);
      continue;
    }
    const pictures = new Map<string, Uint8Array>();
    for (const file of picturesIn(found)) {
      const bytes = await readInside(demoFolder, join(folder, file));
      if (bytes === undefined)
        notes.push(`The recording of "${name}" lacks its picture ${file}: record it again.`);
      else pictures.set(file, bytes);
    }
    const { problem: _problem, canBeKept: _speakersOwn, allowed: _speakersToo, ...known } = summary;
    const cast = (await readInside(demoFolder, join(folder, 'run.cast')))?.toString('utf8') ?? '';
    demos.push({ summary: { ...known, recording: summary.recording, canRun: false }, cast, pictures });
  }
  return { demos, notes };
}

/** Names only: a recording must not reach out of its folder. */
function picturesIn({ events }: { events: readonly { type: string; file?: string }[] }): string[] {
  const files = events.flatMap((event) =>
    event.type === 'snapshot' && event.file !== undefined ? [event.file] : [],
  );
  return [...new Set(files)].filter((file) => !/[/\\]|^\./.test(file));
}
