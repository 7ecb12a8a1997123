import type { Attr, Div } from '../../ast.ts';
import { attrValue } from '../../ast.ts';
import type { Compilation } from '../../compilation.ts';
import { renderAttr } from '../../html/html-attributes.ts';
import { renderSteps } from './demo.ts';

/** The recording that a `.cast` div plays, as its author wrote it. */
export function castFile(attr: Attr): string {
  return (attrValue(attr, 'src') ?? '').trim();
}

/**
 * A panel that plays a terminal recording: the browser fills it, and until then (and in pandoc, and where the file can't be
 * read) it shows its fallback. With `steps="play"` the clicker starts it.
 */
export function renderCast(cx: Compilation, token: Div): string {
  const { attr } = token;
  const steps = (attrValue(attr, 'steps') ?? '').trim() === '' ? [] : ['play'];
  const own = new Set(['src', 'steps', 'poster']);
  const poster = attrValue(attr, 'poster');
  const pairs: [string, string][] = [
    ['data-src', castFile(attr)],
    // A `poster` of HTML is a picture; this is a time.
    ...(poster === undefined ? [] : [['data-poster', poster] satisfies [string, string]]),
    ...attr.pairs.filter(([key]) => !own.has(key)),
  ];
  return `<div${renderAttr({ ...attr, pairs })}>\n${cx.renderBlocks(token.tokens)}${renderSteps(steps)}</div>\n`;
}
