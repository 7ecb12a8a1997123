import { tryAgain } from './try-again.ts';

/** Style sheets that did not come. What loads a part takes one that it has asked for once to be there. */
const lostStyles = new Set<HTMLLinkElement>();
document.addEventListener(
  'error',
  ({ target }) => target instanceof HTMLLinkElement && target.rel === 'stylesheet' && lostStyles.add(target),
  { capture: true },
);

/** Loads a part of the page, `() => import(…)`, with the style sheets that come with it. */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  return tryAgain(async () => {
    const part = await load();
    await Promise.all([...lostStyles].map(loadStyle));
    return part;
  });
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
