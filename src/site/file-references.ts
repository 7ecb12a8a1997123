import { namingOf, replaceNames } from '../deck/file-attributes.ts';
import { parseTag, type HtmlTag } from '../deck/html-tag.ts';

/** What a reference in the deck's HTML becomes; undefined leaves it as it is. A link's attribute is `href`. */
export type Replace = (reference: string, attribute: string) => string | undefined;

/** Where a published deck has the recording of a `.cast` div. */
export const CAST_PUBLISHED = 'data-published';

/** Replaces the addresses of files in compiled slides: pictures, videos, backgrounds, frames, links. */
export function replaceFiles(html: string, replace: Replace): string {
  let result = '';
  let done = 0;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at)) {
    const tag = parseTag(html, at);
    const end = at + (tag?.raw.length ?? 1);
    if (tag?.kind === 'open') {
      const changed = replaceInTag(tag, replace);
      if (changed !== tag.raw) {
        result += html.slice(done, at) + changed;
        done = end;
      }
    }
    at = end;
  }
  return result + html.slice(done);
}

function replaceInTag(tag: HtmlTag, replace: Replace): string {
  let isChanged = false;
  const attributes = tag.attributes.map(([name, value]): [string, string] => {
    const isLink = tag.name === 'a' && name === 'href';
    const naming = isLink ? 'one' : namingOf(tag.name, name);
    if (value === '' || naming === undefined) return [name, value];
    const plain = decodeEntities(value);
    const next = replaceNames(naming, plain, (reference) => replace(reference, name));
    if (next === plain) return [name, value];
    isChanged = true;
    return [name, next];
  });
  const cast = castOf(tag);
  const published = cast === undefined ? undefined : replace(cast, CAST_PUBLISHED);
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
