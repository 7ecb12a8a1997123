import type { PrintProblem } from '../../stage/print-report.ts';

/** What went wrong, slide by slide; the other slides go on. */
export class Problems {
  readonly list: PrintProblem[] = [];

  add(problem: PrintProblem): void {
    const isKnown = this.list.some((one) => one.slide === problem.slide && one.what === problem.what);
    if (!isKnown) this.list.push(problem);
  }

  /** Runs what may throw because of what stands in the slide. */
  guard<T>(slide: { number: number }, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.threw(slide, error);
      return undefined;
    }
  }

  threw(slide: { number: number }, error: unknown): void {
    const what = error instanceof Error ? error.message : String(error);
    this.add({ kind: 'slide', slide: slide.number, what, why: 'it could not be drawn' });
  }
}
