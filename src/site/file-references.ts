import { FILE_ATTRIBUTES, FILE_TAGS } from '../deck/file-attributes.ts';
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
  const shown = [...(FILE_TAGS[tag.name] ?? []), ...FILE_ATTRIBUTES];
  let isChanged = false;
  const attributes = tag.attributes.map(([name, value]): [string, string] => {
    const isLink = tag.name === 'a' && name === 'href';
    if (value === '' || (!isLink && !shown.includes(name))) return [name, value];
    const next = replaceInValue(name, value, replace);
    isChanged ||= next !== value;
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

/** A background may be a list, or a gradient, which holds commas and no file. */
function replaceInValue(name: string, value: string, replace: Replace): string {
  const isList = FILE_ATTRIBUTES.includes(name) && !value.includes('(');
  return (isList ? value.split(',') : [value])
    .map((one) => replace(one.trim().replaceAll('&amp;', '&'), name) ?? one)
    .join(',');
}
