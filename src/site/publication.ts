import { createHash } from 'node:crypto';
import type { Deck } from '../deck/deck.ts';
import type { DemoSummary } from '../demo/demo-summary.ts';
import type { PageData, PublishedPages } from '../stage/page-data.ts';
import { toTalkPlan } from '../stage/talk-plan.ts';
import type { Bundle } from './bundle.ts';

/** A deck with all that it needs away from this machine, and nothing else of it. */
export interface Publication {
  deck: Deck;
  /** The demos that slides show and that have a recording. */
  demos: RecordedDemo[];
  /** The deck's own files, by the reference to them in its HTML. */
  files: ReadonlyMap<string, DeckFile>;
  /** What they show of the terminal: the text of recordings, by their path. */
  casts: ReadonlyMap<string, string>;
  bundle: Bundle;
  /** A picture of the first slide, PNG, for those who link to the deck. */
  preview?: Uint8Array;
  /** Where the deck will be, from its `site:`; only link previews need to know. */
  address?: string;
  /** Servers that the deck itself takes pictures, videos or frames from. */
  remotes: string[];
}

/** A file on this machine. It is read when it is needed, and not kept: a deck's pictures may be more than memory holds. */
export interface DeckFile {
  /** Absolute. */
  path: string;
  /** What it names itself, as it does: of style sheets and framed pages. */
  names: ReadonlyMap<string, DeckFile>;
  /** All of it at once. */
  read(): Promise<Uint8Array>;
  /** Piece by piece. */
  pieces(): AsyncIterable<Uint8Array>;
}

export interface RecordedDemo {
  summary: DemoSummary & { recording: NonNullable<DemoSummary['recording']> };
  cast: string;
  /** The pictures that the recording shows, by their name in it. */
  pictures: ReadonlyMap<string, Uint8Array>;
}

/** Short, and different for every content: a name with it in can be kept for ever. */
export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 10);
}

/** The same of a file. */
export async function hashOfFile(file: DeckFile): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of file.pieces()) hash.update(piece);
  return hash.digest('hex').slice(0, 10);
}

/** One word for this build of the deck; pages of another build have nothing to say to each other. */
function buildOf({ deck, demos, bundle }: Publication): string {
  return hashOf(
    JSON.stringify([deck.look, deck.stacks, demos.map((demo) => demo.cast), hashOf(bundle.whole)]),
  );
}

/** All characters that the deck can come to show, its recordings' too: what fonts are needed for. */
export function textOf({ deck, demos, casts }: Publication): string {
  const panels = demos.flatMap(({ summary, cast }) => [JSON.stringify(summary), cast]);
  return [deck.title, ...deck.stacks, ...panels, ...casts.values()].join('\n');
}

/** `#page=2` of a reference: where in the file. */
export function partOf(reference: string): string {
  return /#.*$/.exec(reference)?.[0] ?? '';
}

/** What the pages are told; `demos` say where their recordings are. */
export function toPageData(publication: Publication, demos: DemoSummary[], site: PublishedPages): PageData {
  const { slides, durationMs } = publication.deck;
  const plan = toTalkPlan(slides, durationMs);
  return { token: '', instance: buildOf(publication), deckVersion: 1, demos, plan, mode: 'static', site };
}
