import { toMarkdown } from './to-markdown.ts';

/** A slide's notes, for a script of the talk that is read elsewhere. */
export function exportNotes(notes: readonly HTMLElement[]): { html: string; markdown: string } {
  const copies = notes.map((note) => note.cloneNode(true) as HTMLElement);
  for (const copy of copies) {
    // Math is there twice; elsewhere there is no style sheet for the drawn one, but browsers know MathML.
    for (const drawn of copy.querySelectorAll('.katex-html')) drawn.remove();
  }
  return {
    html: copies.map((copy) => copy.innerHTML.trim()).join('\n'),
    markdown: copies.map((copy) => toMarkdown(copy)).join('\n\n'),
  };
}
