import { extname, join } from 'node:path';
import { PLAIN_LAYOUT, SLIDE } from '../stage/print-layout.ts';
import type { PrintReport } from '../stage/print-report.ts';
import { UserError } from '../demo/user-error.ts';
import { findDeck } from '../talk/deck/deck-path.ts';
import { openPrinter, type Printer } from '../print/print-page.ts';
import { checkNotEmpty, toPrintProblem } from './text/print-problems.ts';
import { since, showProgress, toFileSize, type Progress } from './text/print-progress.ts';
import { takeSocialPicture } from '../print/social-picture.ts';
import { takeContactSheet, takeSlidePictures } from '../print/slide-pictures.ts';
import { claimFile, claimFolder, writeWhole } from '../files/whole-file.ts';

export interface PngFlags {
  deck: string | undefined;
  /** A folder, or a file when one picture is asked for. */
  output: string;
  slide?: string;
  contactSheet?: boolean;
  social?: boolean;
  width: string;
  version: string;
}

interface Wanted {
  slides: boolean;
  slide: number | undefined;
  contactSheet: boolean;
  social: boolean;
  width: number;
}

/** Writes pictures of the slides. Throws a `UserError` that names the slides whose pictures lack something. */
export async function runPng(flags: PngFlags): Promise<void> {
  const began = performance.now();
  const wanted = toWanted(flags);
  const path = await findDeck(flags.deck, process.cwd());
  const place = await toPlace(flags.output, wanted);
  const progress = showProgress();
  progress.say(`Reading ${path.shown}`);
  const printer = await openPrinter(path, flags.version).finally(() => progress.end());
  try {
    const written = await writeAll(printer, wanted, place, progress);
    progress.end();
    const size = toFileSize(written.bytes);
    const what = written.files === 1 ? '1 picture' : `${written.files} pictures`;
    process.stdout.write(`${flags.output}: ${what}, ${size}, ${since(began)}\n`);
    if (written.report.problems.length > 0) throw toPrintProblem(written.report, flags.output);
  } finally {
    progress.end();
    await printer.close();
  }
}

function toWanted({ slide, contactSheet = false, social = false, width }: PngFlags): Wanted {
  const number = slide === undefined ? undefined : Number(slide);
  if (number !== undefined && !(Number.isInteger(number) && number >= 1)) {
    throw new UserError('bad-slide', `"${slide}" is not a slide.`, 'Slides count from 1: --slide 5');
  }
  const pixels = Number(width);
  if (!Number.isInteger(pixels) || pixels < 160 || pixels > 7680) {
    const hint = 'Give a number of pixels from 160 to 7680: --width 1920';
    throw new UserError('bad-width', `"${width}" is not a width.`, hint);
  }
  const isAll = number === undefined && !contactSheet && !social;
  return {
    slides: isAll || number !== undefined,
    slide: number,
    contactSheet: isAll || contactSheet,
    social: isAll || social,
    width: pixels,
  };
}

/** Where a picture goes, by its name. */
type Place = (name: string) => string;

async function toPlace(output: string, { slides, slide, contactSheet, social }: Wanted): Promise<Place> {
  const isOne =
    [slides, contactSheet, social].filter(Boolean).length === 1 && (!slides || slide !== undefined);
  if (extname(output).toLowerCase() === '.png') {
    if (!isOne) {
      const hint = 'Name a folder: -o pictures. A .png file is for --slide 5, --contact-sheet or --social.';
      throw new UserError('no-output', `${output} can hold only one picture.`, hint);
    }
    const file = await claimFile(output);
    return () => file;
  }
  const folder = await claimFolder(output);
  await claimFile(join(folder, 'contact-sheet.png'));
  return (name) => join(folder, name);
}

interface Written {
  files: number;
  bytes: number;
  report: PrintReport;
}

async function writeAll(
  printer: Printer,
  wanted: Wanted,
  place: Place,
  progress: Progress,
): Promise<Written> {
  const written: Written = { files: 0, bytes: 0, report: { pages: 0, slides: [], problems: [] } };
  const write = async (name: string, bytes: Uint8Array) => {
    await writeWhole(place(name), bytes);
    written.files += 1;
    written.bytes += bytes.length;
  };
  const all = printer.deck.deck.slides.length;
  const note = (report: PrintReport) => {
    checkNotEmpty(report, all);
    if (written.report.slides.length === 0) written.report = report;
  };
  const range = wanted.slide === undefined ? undefined : [{ from: wanted.slide, to: wanted.slide }];
  if (wanted.slides) {
    const { page, report } = await printer.layOut({ ...PLAIN_LAYOUT, range }, wanted.width / SLIDE.width);
    note(report);
    const digits = String(all).length;
    for await (const bytes of takeSlidePictures(page, { type: 'png' })) {
      const { number } = report.slides[written.files] ?? { number: 0 };
      progress.say(`Slide ${number} of ${all}`);
      await write(`${String(number).padStart(Math.max(2, digits), '0')}.png`, bytes);
    }
  }
  if (wanted.contactSheet) {
    progress.say('Contact sheet');
    const { bytes, report } = await takeContactSheet(printer);
    note(report);
    await write('contact-sheet.png', bytes);
  }
  if (wanted.social) {
    progress.say('Preview for social media');
    const { bytes, report } = await takeSocialPicture(printer);
    note(report);
    await write('social.png', bytes);
  }
  return written;
}
