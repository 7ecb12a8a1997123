import { UserError } from '../../demo/user-error.ts';
import { listCharacters } from '../../deck/text/list-characters.ts';
import type { PrintReport } from '../../stage/print-report.ts';

/** Where a result goes that lacks something: never in place of a good one. */
export function toIncompleteName(file: string): string {
  return file.replace(/(\.[^./\\]+)?$/, '.incomplete$1');
}

/** What is not on its page, slide by slide. */
export function toPrintProblem({ problems, slides }: PrintReport, written: string): UserError {
  const titleOf = (number: number) => slides.find((slide) => slide.number === number)?.title ?? '';
  const lines = problems.map(
    ({ slide, what, why }) => `  ${nameSlide(slide, titleOf(slide))}: ${what}: ${why}`,
  );
  const head = problems.length === 1 ? 'Something is missing' : `${problems.length} things are missing`;
  const hint = `Put that right in the deck. What could be drawn is in ${written}.`;
  return new UserError('incomplete', `${head} from the result:\n${lines.join('\n')}`, hint);
}

/** Slides with content beyond their page's edges, or in letters that no font has; still printed. */
export function tellOverflows({ slides }: PrintReport): void {
  for (const { number, title, overflow, overflowX, missingGlyphs } of slides) {
    const tell = (words: string) => process.stderr.write(`  ${nameSlide(number, title)}: ${words}\n`);
    if (overflow > 0) tell(`the content is ${Math.ceil(overflow)} pixels higher than the page, and cut off`);
    if (overflowX > 0) tell(`the content is ${Math.ceil(overflowX)} pixels wider than the page, and cut off`);
    if (missingGlyphs.length > 0)
      tell(`no font here has ${listCharacters(missingGlyphs)}; a box is printed instead`);
  }
}

function nameSlide(number: number, title: string): string {
  return title === '' ? `slide ${number}` : `slide ${number}, "${title}"`;
}

/** A range that no slide is in gives no empty file. */
export function checkNotEmpty({ slides }: PrintReport, all: number): void {
  if (slides.length > 0) return;
  const message = all === 0 ? 'The deck has no slides.' : 'No slide of the deck is in that range.';
  const hint = all === 0 ? 'A heading of level 2 starts a slide: "## First"' : `The deck has ${all} slides.`;
  throw new UserError('no-slides', message, hint);
}
