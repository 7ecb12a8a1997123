import { parseTag } from '../deck/html/html-tag.ts';
import { escapeHtml } from './escape-html.ts';

/** Pictures that their author did not describe are at least named after their slide: a screen reader would spell the file's name. */
export function namePictures(stack: string): string {
  let result = '';
  let done = 0;
  let title = '';
  for (let at = stack.indexOf('<'); at !== -1; at = stack.indexOf('<', at)) {
    const tag = parseTag(stack, at);
    const end = at + (tag?.raw.length ?? 1);
    if (tag?.kind === 'open' && /^h[1-6]$/.test(tag.name)) title = textUntil(stack, end, `</${tag.name}>`);
    if (tag?.kind === 'open' && tag.name === 'section') title = '';
    if (tag?.kind === 'open' && tag.name === 'img' && tag.attributes.every(([name]) => name !== 'alt')) {
      const name = title === '' ? 'Picture' : `Picture: ${title}`;
      result += `${stack.slice(done, at)}<img alt="${escapeHtml(name)}"`;
      done = at + '<img'.length;
    }
    at = end;
  }
  return result + stack.slice(done);
}

/** The words of some HTML, as text. */
function textUntil(html: string, from: number, end: string): string {
  const inner = html.slice(from, html.indexOf(end, from)).replace(/<[^>]*>/g, '');
  return inner.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => NAMED[name] ?? '').trim();
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
