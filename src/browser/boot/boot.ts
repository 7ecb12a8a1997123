import './names-first.ts';
import type { BootOrder } from '../../stage/boot-order.ts';
import type { Beginning } from './beginning.ts';
import { loadAll, loadWhole } from './load-all.ts';
import { comeAgain, hasCome } from './come-again.ts';
import { takeNamesBack } from './taken-names.ts';

/**
 * Stands in each page as a script before all else, because a script that is loaded can be lost. It keeps what the deck's HTML could take,
 * and loads the program until all of it is there. Its own element and the one before it (the page's data) are found by their place.
 */
const own = document.currentScript;
const data = own?.previousElementSibling;
const files = data?.previousElementSibling;
const beginning: Beginning = {
  data: data?.textContent ?? '',
  files: files?.id === 'page-files' ? files.textContent : '',
  hash: location.hash,
};
Object.defineProperty(window, 'deckhand', { value: beginning });
const order = JSON.parse(own?.dataset['boot'] ?? '{}') as BootOrder;
const { module, published } = order;
const isDisk = location.protocol === 'file:';

if (module !== undefined) {
  if (published === undefined) whenRead(() => start(module));
  else startWhenPainted(module, published);
}

function whenRead(action: () => void): void {
  addEventListener('DOMContentLoaded', action, { once: true });
}

function start(module: string): void {
  takeNamesBack(document);
  const loaded = isDisk && published !== undefined ? loadWhole(published) : loadAll(module);
  loaded.then(hasCome, (error: unknown) => comeAgain(error, published !== undefined));
}

/**
 * A published deck begins with its first slide painted, and its program comes then; a window that nobody looks at paints nothing, and
 * waits no longer than a moment. From a server the program comes in modules, part by part; from a disk it comes whole.
 */
function startWhenPainted(module: string, { preload }: NonNullable<BootOrder['published']>): void {
  const isFirst = location.hash.length < 3 && location.search === '';
  document.documentElement.classList.toggle('opens-first', isFirst);
  const preloadAll = () => {
    if (isDisk) return;
    for (const href of [module, ...preload])
      document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
  };
  if (!isFirst) preloadAll();
  whenRead(() => {
    if (!isFirst) return start(module);
    let begin = () => {
      begin = () => {};
      takeNamesBack(document);
      preloadAll();
      start(module);
    };
    requestAnimationFrame(() => setTimeout(() => begin()));
    setTimeout(() => begin(), 250);
  });
}
