/** What was read before the deck's own HTML came into the page, and can't be taken by it. */
export interface Beginning {
  /** The page's data, as JSON. */
  data: string;
  /** Files that stand in the page once, as JSON; empty where there are none. */
  files: string;
  /** The part of the address that names a slide, before reveal.js writes its own. */
  hash: string;
}

declare global {
  interface Window {
    readonly deckhand: Beginning;
  }
}
