import { join } from 'node:path';
import { UserError } from '../demo/user-error.ts';
import type { Publication } from '../site/publication.ts';
import { toSingleFile } from '../site/single-file.ts';
import { toSite } from '../site/site.ts';
import type { DeckPath } from '../talk/deck/deck-path.ts';
import { openPrinter } from '../print/print-page.ts';
import { toFileSize } from './text/print-progress.ts';
import { readPublication } from '../talk/deck/read-publication.ts';
import { takeSocialPicture } from '../print/social-picture.ts';
import { claimFile, writeWhole } from '../files/whole-file.ts';
import { replaceFolder, writeFiles } from '../site/write-folder.ts';
import { WRITERS } from '../talk/writers.ts';

export interface BuildOptions {
  deck: string | undefined;
  output: string;
  /** False: animated pictures by their first frame, in a single file. */
  animations: boolean;
  /** False: nothing that is meant for the speaker: no notes, no planned times. */
  notes: boolean;
  version: string;
}

/** Writes the deck as a static site. A build that is there already is replaced only by a whole one. */
export async function runBuild({ deck, output, notes: withNotes, version }: BuildOptions): Promise<void> {
  const { publication, path, notes } = await readPublication(deck, WRITERS, withNotes);
  let count = 0;
  await replaceFolder(output, async (folder) => {
    const preview = await takePreview(path, version);
    if (preview === undefined)
      notes.push('No picture for link previews: there is no Chromium here to draw it.');
    const files = await toSite(preview === undefined ? publication : { ...publication, preview });
    await writeFiles(folder, files, output);
    count = files.length;
  });
  if (publication.address === undefined) {
    notes.push('Link previews show a picture when the deck says where it will be: site: https://…');
  }
  report(`${join(output, 'index.html')}: ${describe(publication)}, ${count} files`, notes);
}

/** Undefined when there is no browser on this machine. */
async function takePreview(path: DeckPath, version: string): Promise<Uint8Array | undefined> {
  try {
    const printer = await openPrinter(path, version);
    try {
      return (await takeSocialPicture(printer)).bytes;
    } finally {
      await printer.close();
    }
  } catch (error) {
    if (error instanceof UserError && error.code === 'no-browser') return undefined;
    throw error;
  }
}

/** Writes the deck as one HTML file. A file that is there already is replaced only by a whole one. */
export async function runSingleFile(options: BuildOptions): Promise<void> {
  const { deck, output, animations } = options;
  const file = await claimFile(output);
  const { publication, notes } = await readPublication(deck, WRITERS, options.notes);
  const { html, animatedBytes, notes: limits } = await toSingleFile(publication, { animations });
  const size = await writeCounted(file, html, output);
  notes.push(...limits);
  if (animatedBytes > 0 && animations) {
    notes.push(
      `${toFileSize(animatedBytes)} of it are animated pictures; --no-animations shows their first frames instead.`,
    );
  }
  report(`${output}: ${describe(publication)}, ${toFileSize(size)}`, notes);
}

/** Writes the pieces as they come, and says how many bytes they were. */
async function writeCounted(file: string, pieces: AsyncIterable<string>, output: string): Promise<number> {
  let size = 0;
  async function* counted(): AsyncGenerator<string> {
    for await (const piece of pieces) {
      size += Buffer.byteLength(piece);
      yield piece;
    }
  }
  await writeWhole(file, counted(), output);
  return size;
}

function describe({ deck, demos }: Publication): string {
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  return `${count(deck.slides.length, 'slide')}, ${count(demos.length, 'demo')} with a recording`;
}

function report(line: string, notes: readonly string[]): void {
  WRITERS.stdout([line, ...notes.map((note) => `  ${note}`)].join('\n') + '\n');
}
