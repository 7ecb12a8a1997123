import { tryAgain } from './try-again.ts';

/**
 * Style sheets of our own that did not come; an author's stand in slides. What loads a part takes one that it has asked for once
 * to be there.
 */
const lostStyles = new Set<HTMLLinkElement>();
document.addEventListener(
  'error',
  ({ target }) => {
    if (!(target instanceof HTMLLinkElement) || target.parentElement !== document.head) return;
    if (target.rel === 'stylesheet') lostStyles.add(target);
  },
  { capture: true },
);

/** Loads a part of the page, `() => import(…)`, with the style sheets that come with it. */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  const part = await tryAgain(load);
  // Without its style sheet a part is ugly, and there.
  await tryAgain(() => Promise.all([...lostStyles].map(loadStyle))).catch(() => undefined);
  return part;
}

async function loadStyle(lost: HTMLLinkElement): Promise<void> {
  const link = lost.cloneNode() as HTMLLinkElement;
  const came = new Promise<void>((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => reject(new Error(`${link.href} did not come`)));
  });
  lostStyles.delete(lost);
  lost.replaceWith(link);
  await came;
}
