import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import dockerfile from 'highlight.js/lib/languages/dockerfile';

let lastText = '';
let lastLines: string[] = [];

/** The file's lines as HTML, coloured as code on slides is. Remembers the last one: it is asked for on every frame. */
export function colourDockerfile(text: string): string[] {
  if (text === lastText) return lastLines;
  hljs.registerLanguage('bash', bash);
  hljs.registerLanguage('dockerfile', dockerfile);
  const coloured = hljs.highlight(text.replace(/\n$/, ''), { language: 'dockerfile' }).value;
  lastText = text;
  lastLines = splitLines(coloured);
  return lastLines;
}

/** Cuts highlighted HTML into lines, closing what is open at each cut and opening it again after. */
function splitLines(html: string): string[] {
  const open: string[] = [];
  return html.split('\n').map((line) => {
    const before = open.join('');
    for (const [tag] of line.matchAll(/<span[^>]*>|<\/span>/g)) {
      if (tag === '</span>') open.pop();
      else open.push(tag);
    }
    return before + line + '</span>'.repeat(open.length);
  });
}
