import { PatientQueue, settle } from './patience.ts';
import type { Problems } from './problems.ts';
import type { PrintSlide } from './slides.ts';
import { loadVideo, nameOfVideo } from './video.ts';

/** A frame loads anew wherever it is put: it gets its page when it is on its sheet. */
export function holdFrames(slides: readonly PrintSlide[]): void {
  for (const { box, number } of slides) {
    for (const element of box.querySelectorAll<HTMLElement>('iframe, video')) {
      element.dataset['ofSlide'] = String(number);
      for (const name of ['src', 'srcdoc']) {
        const value = element.getAttribute(name);
        if (value === null || element.localName === 'video') continue;
        element.dataset[name] = value;
        element.removeAttribute(name);
      }
    }
  }
}

/** Loads the pages in frames, and the first pictures of videos that were copied for their slide's steps. */
export async function loadOnSheets(problems: Problems): Promise<void> {
  const queue = new PatientQueue();
  const add = <E extends HTMLElement>(element: E, nameOf: (element: E) => string, load: Load<E>) =>
    queue.add(nameOf(element), async (patience) => {
      const why = await settle(load(element), patience);
      const slide = Number(element.dataset['ofSlide']);
      if (why !== undefined) problems.add({ kind: 'picture', slide, what: nameOf(element), why });
    });
  for (const frame of document.querySelectorAll<HTMLIFrameElement>('.slides iframe[data-of-slide]'))
    add(frame, nameOfFrame, loadFrame);
  for (const video of document.querySelectorAll<HTMLVideoElement>('.slides video[data-of-slide]'))
    add(video, nameOfVideo, loadVideo);
  await queue.run();
}

type Load<E> = (element: E) => Promise<void>;

function nameOfFrame({ dataset }: HTMLIFrameElement): string {
  return dataset['src'] ?? 'a frame';
}

/** Whether the page came is not ours to judge where it is another host's: one that refuses to be framed tells nobody. */
async function loadFrame(frame: HTMLIFrameElement): Promise<void> {
  const { src, srcdoc } = frame.dataset;
  if (src === undefined && srcdoc === undefined) return;
  const loaded = new Promise<void>((resolve) =>
    frame.addEventListener('load', () => resolve(), { once: true }),
  );
  frame.loading = 'eager';
  if (srcdoc === undefined) frame.src = src ?? '';
  else frame.srcdoc = srcdoc;
  await loaded;
  const [load] = performance.getEntriesByName(frame.src).slice(-1) as PerformanceResourceTiming[];
  if ((load?.responseStatus ?? 0) >= 400) throw new Error('no page');
}
