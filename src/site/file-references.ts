import { namingOf, replaceCssNames, replaceNames } from '../deck/text/file-attributes.ts';
import { parseTag, type HtmlTag } from '../deck/html/html-tag.ts';

/** What a reference in the deck's HTML becomes; undefined leaves it as it is. What stands in a `style` element has that attribute. */
export type Replace = (reference: string, attribute: string, tag: string) => string | undefined;

/** Whether a reference is only linked to: nothing of that file is shown. */
export function isLinkTo(attribute: string, tag: string): boolean {
  return tag === 'a' && attribute === 'href';
}

/** Where a published deck has the recording of a `.cast` div. */
export const CAST_PUBLISHED = 'data-published';

/** Replaces the addresses of files in compiled slides: pictures, videos, backgrounds, frames, links. */
export function replaceFiles(html: string, replace: Replace): string {
  let result = '';
  let done = 0;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at)) {
    const tag = parseTag(html, at);
    let end = at + (tag?.raw.length ?? 1);
    if (tag?.kind === 'open') {
      let before = tag.raw;
      let changed = replaceInTag(tag, replace);
      if (tag.name === 'style') {
        const css = cssFrom(html, end);
        end += css.length;
        before += css;
        changed += replaceCssNames(css, (name) => replace(name, 'style', 'style'));
      }
      if (changed !== before) {
        result += html.slice(done, at) + changed;
        done = end;
      }
    }
    at = end;
  }
  return result + html.slice(done);
}

/** What stands in a `style` element that begins here. */
function cssFrom(html: string, from: number): string {
  const length = html.slice(from).search(/<\/style/i);
  return length === -1 ? '' : html.slice(from, from + length);
}

function replaceInTag(tag: HtmlTag, replace: Replace): string {
  let isChanged = false;
  const attributes = tag.attributes.map(([name, value]): [string, string] => {
    const naming = isLinkTo(name, tag.name) ? 'one' : namingOf(tag.name, name);
    if (value === '' || naming === undefined) return [name, value];
    const plain = decodeEntities(value);
    const next = replaceNames(naming, plain, (reference) => replace(reference, name, tag.name));
    if (next === plain) return [name, value];
    isChanged = true;
    return [name, next];
  });
  const cast = castOf(tag);
  const published = cast === undefined ? undefined : replace(cast, CAST_PUBLISHED, tag.name);
  if (published !== undefined) {
    isChanged = true;
    attributes.push([CAST_PUBLISHED, published]);
  }
  if (!isChanged) return tag.raw;
  const text = attributes.map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`).join('');
  return `<${tag.name}${text}${tag.selfClosing ? ' /' : ''}>`;
}

/** The recording that a `.cast` div plays: the stage knows it by its name in the deck, which stays. */
function castOf({ name, attributes }: HtmlTag): string | undefined {
  const valueOf = (wanted: string) => attributes.find(([known]) => known === wanted)?.[1];
  const isCast = name === 'div' && (valueOf('class') ?? '').split(/\s+/).includes('cast');
  return isCast ? valueOf('data-src')?.replaceAll('&amp;', '&') : undefined;
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  quot: '"',
  '#39': "'",
  '#x27': "'",
  apos: "'",
  lt: '<',
  gt: '>',
};

/** What the value of an attribute says, as far as addresses and styles need it. */
function decodeEntities(value: string): string {
  return value.replace(
    /&(amp|quot|#39|#x27|apos|lt|gt);/gi,
    (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole,
  );
}
