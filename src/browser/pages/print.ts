import '../style/print.css';
import { drawQrCodes } from '../deck/qr-codes.ts';
import { fromPrintQuery } from '../../stage/print-layout.ts';
import type { PrintReport } from '../../stage/print-report.ts';
import { readPrintData } from '../page-data.ts';
import { printPanels } from '../panel/print-panels.ts';
import { backgroundOf } from '../print/backgrounds.ts';
import { drawOn } from '../print/drawings.ts';
import { fitSlide, overflowOf } from '../print/fit.ts';
import { createGlyphCheck } from '../print/glyphs.ts';
import { pointLinksAtSlides } from '../print/links.ts';
import { holdFrames, loadOnSheets } from '../print/on-sheets.ts';
import { loadPictures } from '../print/pictures.ts';
import { Problems } from '../print/problems.ts';
import { exportNotes } from '../print/export-notes.ts';
import { addReplayLinks } from '../print/replay-link.ts';
import { layOutSheets } from '../print/sheets.ts';
import { takeSlides } from '../print/slides.ts';

/** The print page: the deck's slides on sheets, complete and readable by machines. Sets `data-print-ready` when they are. */
async function main(): Promise<void> {
  const { demos, site, drawings } = readPrintData();
  const layout = fromPrintQuery(location.search);
  const problems = new Problems();
  // 1. Slides out of their stacks, each in a box of its own size.
  const slides = takeSlides(layout.range);
  pointLinksAtSlides(slides);
  for (const slide of slides) {
    slide.box.prepend(...backgroundOf(slide.section, slide.stack));
    drawOn(slide, drawings);
    slide.box.classList.toggle('in-steps', layout.steps);
  }
  holdFrames(slides);
  // 2. What comes from elsewhere: pictures, recordings and what they show, fonts.
  const loading = drawQrCodes(document).then(() => loadPictures(slides, problems));
  const withPanels = slides.filter(({ section }) => section.querySelector('.demo, .cast') !== null);
  if (withPanels.length > 0) {
    await printPanels(withPanels, demos, problems);
    await addReplayLinks(withPanels, demos, site);
    await loadPictures(withPanels, problems, '.still-panel, .replay-link');
  }
  await loading;
  await document.fonts.ready;
  // 3. What only layout can tell.
  const tooWide = slides.map((slide) => problems.guard(slide, () => fitSlide(slide.section, layout)) ?? []);
  const overflows = slides.map(({ section }) => overflowOf(section));
  const missingIn = createGlyphCheck();
  const missing = slides.map((slide) => problems.guard(slide, () => missingIn(slide.section)) ?? []);
  const notes = await Promise.all(slides.map((slide) => exportNotes(slide.notes)));
  // 4. Sheets.
  const { pages, places } = layOutSheets(slides, layout);
  await loadOnSheets(problems);
  const report: PrintReport = {
    pages,
    problems: problems.list.toSorted((a, b) => a.slide - b.slide),
    slides: slides.map(({ number, shownNumber, id, title, isBelow }, i) => {
      const { page, top } = places[i] ?? { page: 0, top: 0 };
      return {
        number,
        shownNumber,
        id,
        title,
        isBelow,
        page,
        top,
        ...(overflows[i] ?? { overflow: 0, overflowX: 0 }),
        tooWide: tooWide[i] ?? [],
        missingGlyphs: missing[i] ?? [],
        notes: notes[i] ?? { html: '', markdown: '' },
      };
    }),
  };
  document.documentElement.dataset['printReady'] = JSON.stringify(report);
}

await main();
