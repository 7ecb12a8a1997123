import type { Deck } from '../../deck/deck.ts';

const ORIGIN = 'http://deck';

/** A path as an address has it: `/a b.png` and `/a%20b.png` are the same. */
export function toAddress(path: string): string {
  const address = new URL(ORIGIN);
  address.pathname = path;
  return address.pathname;
}

/** Where the deck's files are asked for. Its pages stand at the top, so that is where relative names count from. */
export function toFileAddresses(files: Deck['files']): string[] {
  const addresses = files.flatMap(({ path }) => {
    if (!URL.canParse(path, ORIGIN)) return [];
    const { origin, pathname } = new URL(path, ORIGIN);
    return origin === ORIGIN ? [pathname] : [];
  });
  return [...new Set(addresses)];
}
