import {
  PDFDocument,
  PDFHeader,
  PDFHexString,
  PDFName,
  ParseSpeeds,
  PDFStreamWriter,
  PDFString,
  type PDFContext,
  type PDFRef,
} from '@cantoo/pdf-lib';
import type { Deck } from '../deck/deck.ts';
import type { PrintedSlide } from '../stage/print-report.ts';
import { packPictures } from './pack-pictures.ts';
import { parseDate } from './parse-date.ts';
import { toXmp } from './xmp.ts';

/** More objects in one stream compress better; readers handle thousands. */
const OBJECTS_PER_STREAM = 2000;
/** CSS pixels to PDF points. */
const POINTS = 0.75;

/** Gives Chromium's PDF an outline with every titled slide once, and metadata; packs its pictures and objects. */
export async function finishPdf(
  pdf: Uint8Array,
  deck: Deck,
  slides: readonly PrintedSlide[],
  version: string,
): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest });
  addOutline(document, slides);
  const now = new Date();
  const about = {
    title: deck.title || 'Deckhand',
    authors: deck.authors,
    lang: deck.lang,
    subject: deck.subtitle,
  };
  document.setTitle(about.title, { showInWindowTitleBar: true });
  if (about.authors.length > 0) document.setAuthor(about.authors.join(', '));
  if (about.subject !== '') document.setSubject(about.subject);
  document.setCreator(`deckhand ${version}`);
  document.setProducer(`deckhand ${version}, Chromium`);
  // The talk's own date, where it has one that can be read; the file's is the modification date.
  document.setCreationDate(parseDate(deck.date) ?? now);
  document.setModificationDate(now);
  const { context, catalog } = document;
  if (deck.lang !== '') catalog.set(PDFName.of('Lang'), PDFString.of(deck.lang));
  const xmp = toXmp({ ...about, date: parseDate(deck.date), now, version });
  const metadata = context.stream(xmp, { Type: 'Metadata', Subtype: 'XML' });
  catalog.set(PDFName.of('Metadata'), context.register(metadata));
  // Objects in streams came with 1.5.
  context.header = PDFHeader.forVersion(1, 7);
  await packPictures(context);
  const writer = PDFStreamWriter.forContext(context, Number.POSITIVE_INFINITY, true, OBJECTS_PER_STREAM);
  return writer.serializeToBuffer();
}

interface Entry {
  ref: PDFRef;
  slide: PrintedSlide;
  below: Entry[];
}

/** PDF 32000-1, 12.3.3: slides below another in a stack stand below it in the outline. */
function addOutline(document: PDFDocument, slides: readonly PrintedSlide[]): void {
  const { context, catalog } = document;
  const entries = toEntries(context, slides);
  if (entries.length === 0) return;
  const root = context.nextRef();
  writeEntries(document, entries, root);
  const dictionary = context.obj({
    Type: 'Outlines',
    First: entries[0]?.ref ?? null,
    Last: entries.at(-1)?.ref ?? null,
    Count: entries.reduce((sum, { below }) => sum + 1 + below.length, 0),
  });
  context.assign(root, dictionary);
  catalog.set(PDFName.of('Outlines'), root);
  catalog.set(PDFName.of('PageMode'), PDFName.of('UseOutlines'));
}

function toEntries(context: PDFContext, slides: readonly PrintedSlide[]): Entry[] {
  const entries: Entry[] = [];
  let above: Entry | undefined;
  for (const slide of slides) {
    if (!slide.isBelow) above = undefined;
    if (slide.title === '') continue;
    const entry: Entry = { ref: context.nextRef(), slide, below: [] };
    if (above === undefined) {
      above = entry;
      entries.push(entry);
    } else above.below.push(entry);
  }
  return entries;
}

function writeEntries(document: PDFDocument, entries: Entry[], parent: PDFRef): void {
  const { context } = document;
  for (const [i, { ref, slide, below }] of entries.entries()) {
    const page = document.getPage(slide.page);
    const top = page.getHeight() - slide.top * POINTS;
    const near: Record<string, PDFRef> = {};
    const [before, after] = [entries[i - 1], entries[i + 1]];
    if (before !== undefined) near['Prev'] = before.ref;
    if (after !== undefined) near['Next'] = after.ref;
    const [first, last] = [below[0], below.at(-1)];
    if (first !== undefined && last !== undefined) Object.assign(near, { First: first.ref, Last: last.ref });
    const dictionary = context.obj({
      Title: PDFHexString.fromText(slide.title),
      Parent: parent,
      Dest: [page.ref, 'XYZ', null, top, null],
      ...near,
      ...(below.length > 0 ? { Count: below.length } : {}),
    });
    context.assign(ref, dictionary);
    writeEntries(document, below, ref);
  }
}
