import { mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Page } from 'playwright';
import type { Deck } from '../deck/deck.ts';
import { UserError } from '../demo/user-error.ts';
import { toNotesMarkdown, toNotesPage, type NotedSlide } from '../site/notes-page.ts';
import { PLAIN_LAYOUT } from '../stage/print-layout.ts';
import type { PrintReport } from '../stage/print-report.ts';
import { findDeck } from '../talk/deck/deck-path.ts';
import { openPrinter } from '../print/print-page.ts';
import { checkNotEmpty, toIncompleteName, toPrintProblem } from './text/print-problems.ts';
import { since, showProgress, toFileSize } from './text/print-progress.ts';
import { takeSlidePictures } from '../print/slide-pictures.ts';
import { claimFile, writeWhole } from '../files/whole-file.ts';

export interface NotesOptions {
  deck: string | undefined;
  output: string;
  version: string;
}

const FORMATS = ['.md', '.html', '.pdf'] as const;
type Format = (typeof FORMATS)[number];

/** Sharp on paper at the size that the script shows it, and small. */
const PICTURE_DOTS = 0.75;
const JPEG = { type: 'jpeg', quality: 82 } as const;

/** Writes the script of the talk: every slide's notes, and its picture beside them. */
export async function runNotes({ deck: given, output, version }: NotesOptions): Promise<void> {
  const began = performance.now();
  const format = toFormat(output);
  const path = await findDeck(given, process.cwd());
  const file = await claimFile(output);
  const progress = showProgress();
  progress.say(`Reading ${path.shown}`);
  const printer = await openPrinter(path, version).finally(() => progress.end());
  try {
    const { deck } = printer.deck;
    const { page, report } = await printer.layOut(PLAIN_LAYOUT, PICTURE_DOTS);
    checkNotEmpty(report, deck.slides.length);
    const slides: NotedSlide[] = [];
    for await (const picture of takeSlidePictures(page, JPEG)) {
      const { number, shownNumber, title, notes } = report.slides[slides.length] ?? NO_SLIDE;
      progress.say(`Slide ${number} of ${deck.slides.length}`);
      slides.push({ number, shownNumber, title, notes, picture });
    }
    const isWhole = report.problems.length === 0;
    const target = isWhole ? file : toIncompleteName(file);
    const shown = isWhole ? output : toIncompleteName(output);
    const bytes = await toBytes(format, { page, deck, slides, version, target });
    await writeWhole(target, bytes, shown);
    progress.end();
    tell(report, `${shown}: ${toFileSize(bytes.length)}, ${since(began)}`);
    if (!isWhole) throw toPrintProblem(report, shown);
  } finally {
    progress.end();
    await printer.close();
  }
}

const NO_SLIDE = { number: 0, shownNumber: 0, title: '', notes: { html: '', markdown: '' } };

function toFormat(output: string): Format {
  const format = FORMATS.find((one) => one === extname(output).toLowerCase());
  if (format !== undefined) return format;
  const hint = 'Name a .md, .html or .pdf file: -o notes.pdf';
  throw new UserError('no-output', `${output} is not a file that notes can be written to.`, hint);
}

function tell({ slides }: PrintReport, written: string): void {
  const noted = slides.filter(({ notes }) => notes.html !== '').length;
  process.stdout.write(`${written}; ${noted} of ${slides.length} slides have notes\n`);
}

interface Script {
  page: Page;
  deck: Deck;
  slides: NotedSlide[];
  version: string;
  target: string;
}

async function toBytes(format: Format, { page, deck, slides, version, target }: Script): Promise<Uint8Array> {
  if (format === '.md') return Buffer.from(await toMarkdownFile(deck, slides, target));
  const html = toNotesPage(deck, slides);
  if (format === '.html') return Buffer.from(html);
  await page.setContent(html);
  const { finishPdf } = await import('../print/finish-pdf.ts');
  const printed = await page.pdf({
    preferCSSPageSize: true,
    printBackground: true,
    tagged: true,
    outline: true,
  });
  return finishPdf(printed, deck, [], version);
}

/** Markdown can't hold pictures: they stand in a folder beside it. */
async function toMarkdownFile(deck: Deck, slides: NotedSlide[], target: string): Promise<string> {
  const folder = `${basename(target, extname(target))}-slides`;
  await mkdir(join(dirname(target), folder), { recursive: true });
  const names: string[] = [];
  for (const { number, picture } of slides) {
    const name = `${folder}/${String(number).padStart(2, '0')}.jpg`;
    await writeWhole(join(dirname(target), name), picture);
    names.push(name);
  }
  const written = slides.map(async (slide) => {
    const markdown = await takePicturesOut(slide.notes.markdown, join(dirname(target), folder), slide.number);
    return { ...slide, notes: { ...slide.notes, markdown } };
  });
  return toNotesMarkdown(deck, await Promise.all(written), names);
}

const PICTURE_INSIDE = /\]\(data:image\/([a-z]+)[^;,]*;base64,([\w+/=]+)\)/g;

/** Pictures in a slide's notes become files in the folder too. */
async function takePicturesOut(markdown: string, folder: string, number: number): Promise<string> {
  let text = '';
  let end = 0;
  for (const [i, found] of [...markdown.matchAll(PICTURE_INSIDE)].entries()) {
    const [whole, type = '', base64 = ''] = found;
    const name = `${String(number).padStart(2, '0')}-note-${i + 1}.${type}`;
    await writeWhole(join(folder, name), Buffer.from(base64, 'base64'));
    text += `${markdown.slice(end, found.index)}](${encodeURI(`${basename(folder)}/${name}`)})`;
    end = found.index + whole.length;
  }
  return text + markdown.slice(end);
}
