import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../demo/user-error.ts';
import type { Publication } from '../site/publication.ts';
import { toSingleFile } from '../site/single-file.ts';
import { toSite, type SiteFile } from '../site/site.ts';
import { readPublication } from './read-publication.ts';
import { takePreview } from './take-preview.ts';
import { inFolder, replaceFolder, writeFiles } from './write-folder.ts';
import { WRITERS } from './writers.ts';

export interface BuildOptions {
  deck: string;
  output: string;
  /** False: animated pictures by their first frame, in a single file. */
  animations: boolean;
}

/** Writes the deck as a static site. A build that is there already is replaced only by a whole one. */
export async function runBuild({ deck, output }: BuildOptions): Promise<void> {
  const { publication, notes } = await readPublication(deck, WRITERS);
  let files: SiteFile[] = [];
  await replaceFolder(output, async (folder) => {
    files = await toSite(publication);
    await writeFiles(folder, files, output);
    const preview = await takePreview(join(folder, 'index.html'));
    if (preview === undefined) notes.push('No picture for link previews: no Chromium was found to draw it.');
    else {
      files = await toSite({ ...publication, preview });
      await writeFiles(folder, files, output);
    }
  });
  if (publication.address === undefined) {
    notes.push('Link previews show a picture when the deck says where it will be: site: https://…');
  }
  report(`${join(output, 'index.html')}: ${describe(publication)}, ${files.length} files`, notes);
}

/** Writes the deck as one HTML file. A file that is there already is replaced only by a whole one. */
export async function runSingleFile({ deck, output, animations }: BuildOptions): Promise<void> {
  const { publication, notes } = await readPublication(deck, WRITERS);
  const file = resolve(output);
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory() === true) {
    throw new UserError(
      'no-output',
      `${output} is a folder.`,
      'Name a file: deckhand build --single-file -o talk.html',
    );
  }
  const { html, animatedBytes, leftOut } = await toSingleFile(publication, { animations });
  const partial = `${file}.partial`;
  try {
    await inFolder(output, async () => {
      await writeFile(partial, html);
      await rename(partial, file);
    });
  } finally {
    await rm(partial, { force: true }).catch(() => undefined);
  }
  notes.push(...leftOut.map((name) => `The link to ${name} leads nowhere: one file can't hand out another.`));
  if (animatedBytes > 0 && animations) {
    notes.push(
      `${megabytes(animatedBytes)} of it are animated pictures; --no-animations shows their first frames instead.`,
    );
  }
  report(`${output}: ${describe(publication)}, ${megabytes(Buffer.byteLength(html))}`, notes);
}

function describe({ deck, demos }: Publication): string {
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  return `${count(deck.slides.length, 'slide')}, ${count(demos.length, 'demo')} with a recording`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function report(line: string, notes: readonly string[]): void {
  WRITERS.stdout([line, ...notes.map((note) => `  ${note}`)].join('\n') + '\n');
}
