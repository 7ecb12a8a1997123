import type { FrameKey } from './frame-keys.ts';

/**
 * Runs in the app's pages, before anything of theirs. A page of another origin keeps every key to itself, the clicker's too:
 * those, and Escape, are told to the deck around it. Whatever the app does afterwards, it gets no hold of what this uses: the
 * port and the browser's own functions are in its closure, and only what a person did counts (`isTrusted`, which no page can
 * write). The deck believes the one who knows the frame's key.
 */
const SCRIPT = String.raw`((key, deck) => {
  document.currentScript.remove();
  const uncurried = (method) => Function.prototype.call.bind(method);
  const getter = (type, name) => uncurried(Object.getOwnPropertyDescriptor(type.prototype, name).get);
  const [keyOf, ctrl, meta, alt] = ['key', 'ctrlKey', 'metaKey', 'altKey'].map((name) => getter(KeyboardEvent, name));
  const path = uncurried(Event.prototype.composedPath);
  const prevent = uncurried(Event.prototype.preventDefault);
  const stop = uncurried(Event.prototype.stopImmediatePropagation);
  const listen = uncurried(EventTarget.prototype.addEventListener);
  const matches = uncurried(Element.prototype.matches);
  const nameOf = getter(Element, 'localName');
  const hasDash = uncurried(String.prototype.includes);
  const editable = getter(HTMLElement, 'isContentEditable');
  const windowOf = getter(HTMLIFrameElement, 'contentWindow');
  const focused = getter(Document, 'activeElement');
  const { port1, port2 } = new MessageChannel();
  const later = setTimeout.bind(window);
  const tell = port1.postMessage.bind(port1);
  const isText = (event) => {
    const [node] = path(event);
    try {
      // An element of the app's own may hide its field.
      return editable(node) || matches(node, 'input, textarea, select') || hasDash(nameOf(node), '-');
    } catch {
      return false;
    }
  };
  const isOurs = (event) => {
    switch (keyOf(event)) {
      case 'PageUp': case 'PageDown': case 'F5': case 'Escape': case 'AudioVolumeUp': case 'AudioVolumeDown':
        return true;
      case 'b': case '.':
        return !isText(event);
      default:
        return false;
    }
  };
  const hearKey = (event) => {
    if (!event.isTrusted || ctrl(event) || meta(event) || alt(event) || !isOurs(event)) return;
    prevent(event);
    stop(event);
    tell(keyOf(event));
  };
  const hearPointer = (event) => { if (event.isTrusted) tell('pointer'); };
  const hearEnd = (event) => { if (event.isTrusted) tell('bye'); };
  const listenTo = (page) => {
    listen(page, 'keydown', hearKey, true);
    listen(page, 'pointerdown', hearPointer, true);
    listen(page, 'blur', hearBlur, true);
  };
  // Frames of the app's own, as far as they are of its origin.
  const listenInside = () => {
    try {
      for (let page = window, i = 0; i < 9; i += 1) {
        page = windowOf(focused(page.document));
        if (page.document) listenTo(page);
      }
    } catch {}
  };
  const hearBlur = () => { later(listenInside); };
  const listenAll = () => {
    listenTo(window);
    listen(window, 'pagehide', hearEnd, true);
    listenInside();
  };
  listenAll();
  // A page that is written anew loses its listeners; the same one twice is one.
  port1.onmessage = () => { listenAll(); tell('here'); };
  parent.postMessage({ type: 'deckhand-app', key }, deck, [port2]);
})`;

/** The script for one frame, as it stands in the page. */
export function toKeysScript({ key, deck }: FrameKey, nonce: string): string {
  const text = `${SCRIPT}(${JSON.stringify(key)},${JSON.stringify(deck)})`.replaceAll(/\n\s*/gu, '\n');
  return `<script nonce="${nonce}">${text}</script>`;
}
