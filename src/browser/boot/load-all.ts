import type { BootOrder } from '../../stage/boot-order.ts';
import { tryAgain } from '../try-again.ts';

/** Style sheets of the page's head that came, and those that were lost, from the page's first moment on. */
const came = new WeakSet<EventTarget>();
const lost = new WeakSet<EventTarget>();
const note = (set: WeakSet<EventTarget>) => (event: Event) => {
  if (event.target instanceof HTMLLinkElement) set.add(event.target);
};
document.addEventListener('load', note(came), { capture: true });
document.addEventListener('error', note(lost), { capture: true });

/** Resolves when the program runs, with its style sheets. What a changing network drops is asked for again. */
export async function loadAll(module: string): Promise<void> {
  const links = document.head.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]');
  await Promise.all([...links].map(loadStyle));
  // As elements: the page's `load` waits for them, as for a script that the page itself names.
  await tryAgain(() => arrival(addScript({ type: 'module', src: module })));
}

/** From a disk: one classic script, and the style sheets that would come later. */
export async function loadWhole({ whole, lazyStyles }: NonNullable<BootOrder['published']>): Promise<void> {
  for (const href of lazyStyles)
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
  await arrival(addScript({ src: whole }));
}

function addScript(parts: { src: string; type?: string }): HTMLScriptElement {
  const script = Object.assign(document.createElement('script'), parts);
  document.head.append(script);
  return script;
}

async function loadStyle(link: HTMLLinkElement): Promise<void> {
  let current = link;
  await tryAgain(async () => {
    if (lost.has(current)) {
      const next = current.cloneNode() as HTMLLinkElement;
      current.replaceWith(next);
      current = next;
    }
    if (!came.has(current)) await arrival(current);
  });
}

function arrival(element: HTMLLinkElement | HTMLScriptElement): Promise<void> {
  return new Promise((resolve, reject) => {
    const name = element.getAttribute('href') ?? element.getAttribute('src') ?? '';
    element.addEventListener('load', () => resolve());
    element.addEventListener('error', () => reject(new Error(`${name} did not come`)));
  });
}
