import type { Deck } from '../deck/deck.ts';
import { escapeHtml } from './escape-html.ts';

/** A slide of the talk's script. */
export interface NotedSlide {
  number: number;
  /** As the slide shows it. */
  shownNumber: number;
  title: string;
  notes: { html: string; markdown: string };
  /** JPEG. */
  picture: Uint8Array;
}

const STYLE = `
@page { size: A4; margin: 16mm 15mm; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; font: 11pt/1.5 Inter, "Helvetica Neue", Arial, sans-serif; color: #111; background: #fff; }
h1 { font-size: 1.7em; line-height: 1.2; }
.by { color: #555; }
article { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 7fr); gap: 0 1.6em; align-items: start; grid-template-rows: auto 1fr; padding: 1em 0; border-top: 1px solid #ccd; break-inside: avoid-page; }
article.long { break-inside: auto; }
article > img { width: 100%; height: auto; border-radius: 3px; grid-row: span 2; }
h2 { margin: 0; font-size: 1.05em; line-height: 1.35; }
h2 span { color: #667; font-weight: 400; }
.notes > :first-child { margin-top: .4em; }
.none { color: #777; }
article .notes img { max-width: 100%; height: auto; }
pre { white-space: pre-wrap; font-size: .85em; background: #f1f2f6; padding: .6em; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
@media (max-width: 40rem) { article { grid-template-columns: 1fr; } }
`;

/** About as many letters as a page holds beside a picture: what is longer may be broken over pages. */
const LONG = 2500;

/** The script as one HTML file: pictures in it, nothing loaded from anywhere, no scripts. */
export function toNotesPage(deck: Deck, slides: readonly NotedSlide[]): string {
  const title = deck.title || 'Talk';
  const by = [deck.authors.join(', '), deck.date].filter((part) => part !== '').join(', ');
  return `<!doctype html>
<html lang="${escapeHtml(deck.lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data: https: http:; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}: notes</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${by === '' ? '' : `<p class="by">${escapeHtml(by)}</p>`}
${slides.map(toArticle).join('\n')}
</body>
</html>
`;
}

function toArticle({ shownNumber: number, title, notes, picture }: NotedSlide): string {
  const data = Buffer.from(picture).toString('base64');
  const body = notes.html === '' ? '<p class="none">No notes.</p>' : notes.html;
  const alt = `Slide ${number}${title === '' ? '' : `: ${title}`}`;
  return `<article${notes.html.length > LONG ? ' class="long"' : ''}>
<img src="data:image/jpeg;base64,${data}" width="960" height="540" alt="${escapeHtml(alt)}">
<h2><span>${number}</span> ${escapeHtml(title)}</h2>
<div class="notes">${body}</div>
</article>`;
}

/** The script as Markdown; `pictures` are the slides' files, as seen from it. */
export function toNotesMarkdown(
  deck: Deck,
  slides: readonly NotedSlide[],
  pictures: readonly string[],
): string {
  const parts = slides.map(({ shownNumber: number, title, notes }, i) => {
    const heading = `## ${number}${title === '' ? '' : `. ${title}`}`;
    const picture = `![Slide ${number}](${encodeURI(pictures[i] ?? '')})`;
    return [heading, picture, notes.markdown].filter((part) => part !== '').join('\n\n');
  });
  return `${[`# ${deck.title || 'Talk'}`, ...parts].join('\n\n')}\n`;
}
