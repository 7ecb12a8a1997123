import { lastFrame } from './last-frame.ts';
import { NEVER_CAME, PatientQueue, settle } from './patience.ts';
import type { Problems } from './problems.ts';
import { shrinkPicture } from './shrink-picture.ts';
import type { PrintSlide } from './slides.ts';
import { loadVideo, nameOfVideo } from './video.ts';

/**
 * Loads every picture and first frame of a video of all slides, a few at a time; animated pictures stand at their last frame.
 * `within` selects the parts of slides that were not there before.
 */
export async function loadPictures(
  slides: readonly PrintSlide[],
  problems: Problems,
  within?: string,
): Promise<void> {
  const queue = new PatientQueue();
  performance.setResourceTimingBufferSize(MAX_LOADS);
  const frames = new Map<string, Promise<string | undefined>>();
  for (const slide of slides) {
    const tell = (what: string, why: string) =>
      problems.add({ kind: 'picture', slide: slide.number, what, why });
    const loadingBy = (patience: AbortSignal, report = tell): Loading => {
      const frameOf = (address: string) => {
        const known = frames.get(address) ?? lastFrame(address, patience, queue.onProgress);
        frames.set(address, known);
        return known;
      };
      return { frameOf, patience, report };
    };
    const parts = within === undefined ? [slide.box] : all<HTMLElement>([slide.box], within);
    // In notes they are no part of the slide: `deckhand check` names one that isn't there.
    for (const image of within === undefined ? all<HTMLImageElement>(slide.notes, 'img') : [])
      queue.add(addressOf(image), (patience) =>
        loadImage(
          image,
          loadingBy(patience, () => {}),
        ),
      );
    for (const image of all<HTMLImageElement>(parts, 'img'))
      queue.add(addressOf(image), (patience) => loadImage(image, loadingBy(patience)));
    for (const video of all<HTMLVideoElement>(parts, 'video'))
      queue.add(addressOf(video), async (patience) => {
        const why = await settle(loadVideo(video), patience);
        if (why === undefined) return;
        tell(nameOfVideo(video), why);
        // It would be printed black.
        if (video.closest('.slide-background') !== null) video.remove();
      });
    for (const layer of all<HTMLElement>(parts, '.slide-background'))
      queue.add(layer.dataset['pictures'] ?? '', (patience) => loadBackground(layer, loadingBy(patience)));
    for (const link of all<HTMLLinkElement>(parts, 'link[rel~=stylesheet]'))
      queue.add(addressOf(link), (patience) => loadStyles(link, loadingBy(patience)));
  }
  await queue.run();
}

function addressOf(element: HTMLElement): string {
  return element.dataset['src'] ?? element.getAttribute('src') ?? element.getAttribute('href') ?? '';
}

/** As many as the browser keeps the sizes of. */
const MAX_LOADS = 20_000;

interface Loading {
  frameOf(address: string): Promise<string | undefined>;
  patience: AbortSignal;
  report(what: string, why: string): void;
}

function all<E extends HTMLElement>(parts: readonly HTMLElement[], selector: string): E[] {
  return parts.flatMap((part) => [...part.querySelectorAll<E>(selector)]);
}

async function loadImage(image: HTMLImageElement, { frameOf, patience, report }: Loading): Promise<void> {
  const written = image.dataset['src'] ?? image.getAttribute('src') ?? '';
  if (written === '') return;
  image.loading = 'eager';
  const still = await frameOf(written);
  const wanted = still ?? written;
  if (image.getAttribute('src') !== wanted) image.src = wanted;
  const why = await settle(arrival(image), patience);
  if (why === undefined) return lighten(image);
  // What is never going to come must not be waited for again.
  if (why === NEVER_CAME) image.removeAttribute('src');
  report(written, why);
}

/** A picture that has more dots, or more bytes, than paper shows is drawn anew: a PDF holds all of them at once. */
async function lighten(image: HTMLImageElement): Promise<void> {
  const loads = performance.getEntriesByName(image.src) as PerformanceResourceTiming[];
  // One of them may have been broken off when its beginning had been seen.
  const bytes = Math.max(0, ...loads.map(({ encodedBodySize }) => encodedBodySize));
  const lighter = await shrinkPicture(image, bytes);
  if (lighter === undefined) return;
  image.src = lighter;
  image.removeAttribute('srcset');
  await arrival(image);
}

/** Not `decode()` where it can be helped: printing does that again. */
function arrival(image: HTMLImageElement): Promise<void> {
  // Done before anybody listened: well, if it has a size.
  if (image.complete) return image.naturalWidth > 0 ? Promise.resolve() : image.decode();
  return new Promise((resolve, reject) => {
    image.addEventListener('load', () => resolve(), { once: true });
    image.addEventListener('error', () => reject(new Error('no picture')), { once: true });
  });
}

/** Sets the layer's pictures, those that are there. */
async function loadBackground(layer: HTMLElement, { frameOf, patience, report }: Loading): Promise<void> {
  const addresses = layer.dataset['pictures']?.split('\n') ?? [];
  delete layer.dataset['pictures'];
  const shown = addresses.map(async (address) => {
    const still = await frameOf(address);
    const probe = new Image();
    probe.src = still ?? address;
    const why = await settle(arrival(probe), patience);
    if (why === NEVER_CAME) probe.removeAttribute('src');
    if (why === undefined) await lighten(probe);
    if (why !== undefined) report(decodeURI(address), why);
    return why === undefined ? `url("${probe.src}")` : 'none';
  });
  // A gradient of the slide's own has no addresses.
  if (shown.length > 0) layer.style.backgroundImage = (await Promise.all(shown)).join(', ');
}

/** A style sheet of the deck's own. */
async function loadStyles(link: HTMLLinkElement, { patience, report }: Loading): Promise<void> {
  if (link.sheet !== null) return;
  const loaded = new Promise<void>((resolve, reject) => {
    link.addEventListener('load', () => resolve(), { once: true });
    link.addEventListener('error', () => reject(new Error('no styles')), { once: true });
  });
  const why = await settle(loaded, patience);
  if (why !== undefined) report(link.getAttribute('href') ?? 'a style sheet', why);
}
