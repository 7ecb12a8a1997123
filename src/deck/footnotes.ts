import type { Compilation } from './compilation.ts';

/** The notes of the whole deck, numbered as they were referred to, in one last section (rule 21). */
export function renderFootnotes(cx: Compilation): string | undefined {
  const { footnotes } = cx.render;
  if (footnotes.length === 0) return undefined;
  const items: string[] = [];
  // A note may hold notes: the list grows while it is read.
  for (let index = 0; index < footnotes.length; index++) {
    const number = index + 1;
    const back = `<a href="#/fnref${number}" class="footnote-back" role="doc-backlink">\u21a9\ufe0e</a>`;
    items.push(
      `<li id="fn${number}">${withBackLink(cx.renderBlocks(footnotes[index] ?? []).trimEnd(), back)}</li>`,
    );
  }
  return (
    '<section id="footnotes" class="footnotes footnotes-end-of-document" role="doc-endnotes">\n<hr />\n<ol>\n' +
    `${items.join('\n')}\n</ol>\n</section>`
  );
}

function withBackLink(html: string, back: string): string {
  return html.endsWith('</p>') ? `${html.slice(0, -4)}${back}</p>` : html + back;
}
