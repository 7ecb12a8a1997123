/**
 * A deck's HTML stands in the same document as our program, and a browser puts elements by their name in the place of the document's
 * own words: after `<img name="body">` there is no `document.body` any more. Here the page takes back what is its own.
 */

/** Elements that take a word of the document or of a form by their name, or by their id. HTML standard, "named elements". */
const BY_NAME = '[name]';
const BY_ID = ':is(img, object, button, fieldset, input, output, select, textarea)[id]';
/** What leads the page away or changes what its addresses mean. Already in force in a page; here for HTML that is to come into it. */
const LEADING_AWAY = 'meta, base';

/** As they are before any deck is there; a `querySelectorAll` of the document itself may be a picture by now. */
const queries = [Document.prototype, DocumentFragment.prototype, Element.prototype].map(
  ({ querySelectorAll }) => querySelectorAll,
);

function queryAll(root: ParentNode, selector: string): Iterable<Element> {
  const [inDocument, inFragment, inElement] = queries;
  const query =
    root instanceof Document ? inDocument : root instanceof DocumentFragment ? inFragment : inElement;
  return query?.call(root, selector) ?? [];
}

/** To be called with a deck's HTML before our program uses the document that it stands in, or comes into. */
export function takeNamesBack(root: ParentNode): void {
  for (const element of queryAll(root, BY_NAME)) loseName(element, 'name');
  for (const element of queryAll(root, BY_ID)) loseName(element, 'id');
  for (const element of queryAll(root, '[id], [name]')) keepWindowClear(element);
}

/** The same for HTML that is not in the page yet. */
export function cleanNewHtml(root: ParentNode): void {
  for (const element of queryAll(root, LEADING_AWAY)) Element.prototype.remove.call(element);
  takeNamesBack(root);
}

function loseName(element: Element, attribute: 'name' | 'id'): void {
  const name = Element.prototype.getAttribute.call(element, attribute) ?? '';
  if (name in Document.prototype || name in HTMLFormElement.prototype)
    Element.prototype.removeAttribute.call(element, attribute);
}

/** A library that asks whether there is a `process` must not find the slide of that name. */
function keepWindowClear(element: Element): void {
  for (const attribute of ['id', 'name']) {
    const name = Element.prototype.getAttribute.call(element, attribute) ?? '';
    if (name === '' || name in Window.prototype || Object.hasOwn(window, name)) continue;
    Object.defineProperty(window, name, { value: undefined, writable: true, configurable: true });
  }
}
