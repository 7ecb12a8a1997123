import { lastFrame } from './last-frame.ts';
import type { Problems } from './problems.ts';
import type { PrintSlide } from './slides.ts';

/** How long a picture may take; a server that accepts and never answers must not keep the talk from being printed. */
const PATIENCE_MS = 10_000;

/**
 * Loads every picture and first frame of a video, in all slides at once; animated pictures stand at their last frame. `within`
 * selects the parts of slides that were not there before.
 */
export async function loadPictures(
  slides: readonly PrintSlide[],
  problems: Problems,
  within?: string,
): Promise<void> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const frames = new Map<string, Promise<string | undefined>>();
  const frameOf = (address: string) => {
    const known = frames.get(address) ?? lastFrame(address, patience);
    frames.set(address, known);
    return known;
  };
  await Promise.all(
    slides.flatMap((slide) => {
      const report = (what: string, why: string) =>
        problems.add({ kind: 'picture', slide: slide.number, what, why });
      const loading: Loading = { frameOf, patience, report };
      const parts = within === undefined ? [slide.box] : all<HTMLElement>([slide.box], within);
      // In notes they are no part of the slide: `deckhand check` names one that isn't there.
      const silent: Loading = { ...loading, report: () => {} };
      const notes = within === undefined ? slide.notes : [];
      return [
        ...all<HTMLImageElement>(notes, 'img').map((image) => loadImage(image, silent)),
        ...all<HTMLImageElement>(parts, 'img').map((image) => loadImage(image, loading)),
        ...all<HTMLVideoElement>(parts, 'video').map((video) => loadVideo(video, loading)),
        ...all<HTMLElement>(parts, '.slide-background').map((layer) => loadBackground(layer, loading)),
        ...all<HTMLIFrameElement>(parts, 'iframe[data-src]').map((frame) => loadFrame(frame, patience)),
      ];
    }),
  );
}

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
  if (why === undefined) return;
  // What is never going to come must not be waited for again.
  if (why === NEVER_CAME) image.removeAttribute('src');
  report(written, why);
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
    if (why !== undefined) report(decodeURI(address), why);
    return why === undefined ? `url("${probe.src}")` : 'none';
  });
  // A gradient of the slide's own has no addresses.
  if (shown.length > 0) layer.style.backgroundImage = (await Promise.all(shown)).join(', ');
}

async function loadVideo(video: HTMLVideoElement, { patience, report }: Loading): Promise<void> {
  for (const element of [video, ...video.querySelectorAll('source')]) {
    const lazy = element.dataset['src'];
    if (lazy !== undefined) element.src = lazy;
  }
  video.removeAttribute('controls');
  video.preload = 'auto';
  if (video.poster !== '' || video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) return;
  const loaded = new Promise<void>((resolve, reject) => {
    const failed = () => reject(new Error('failed'));
    video.addEventListener('loadeddata', () => resolve());
    (video.querySelector('source:last-of-type') ?? video).addEventListener('error', failed);
    if (video.error !== null) failed();
  });
  video.load();
  const why = await settle(loaded, patience);
  if (why !== undefined) report(video.currentSrc || (video.getAttribute('src') ?? 'a video'), why);
}

/** A page in a slide: whether it came is not ours to judge, a page that refuses to be framed tells nobody. */
async function loadFrame(frame: HTMLIFrameElement, patience: AbortSignal): Promise<void> {
  const loaded = new Promise<void>((resolve) =>
    frame.addEventListener('load', () => resolve(), { once: true }),
  );
  frame.src = frame.dataset['src'] ?? '';
  await settle(loaded, patience);
}

const NEVER_CAME = `it did not come within ${PATIENCE_MS / 1000} s`;

/** Why it failed; undefined when it did not. */
function settle(loading: Promise<unknown>, patience: AbortSignal): Promise<string | undefined> {
  const gaveUp = new Promise<string>((resolve) => {
    if (patience.aborted) resolve(NEVER_CAME);
    patience.addEventListener('abort', () => resolve(NEVER_CAME), { once: true });
  });
  const done = loading.then(
    () => undefined,
    () => (patience.aborted ? NEVER_CAME : 'it could not be loaded'),
  );
  return Promise.race([done, gaveUp]);
}
