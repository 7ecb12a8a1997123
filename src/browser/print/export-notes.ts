import { toMarkdown } from './to-markdown.ts';

/** A slide's notes, for a script of the talk that is read elsewhere. */
export async function exportNotes(
  notes: readonly HTMLElement[],
): Promise<{ html: string; markdown: string }> {
  const copies = notes.map((note) => note.cloneNode(true) as HTMLElement);
  for (const copy of copies) {
    // Math is there twice; elsewhere there is no style sheet for the drawn one, but browsers know MathML.
    for (const drawn of copy.querySelectorAll('.katex-html')) drawn.remove();
    for (const element of copy.querySelectorAll('video, audio, iframe')) element.remove();
    await Promise.all([...copy.querySelectorAll('img')].map(takeInside));
  }
  return {
    html: copies.map((copy) => copy.innerHTML.trim()).join('\n'),
    markdown: copies.map((copy) => toMarkdown(copy)).join('\n\n'),
  };
}

/** The script stands alone: the deck's pictures are in it. One from elsewhere stays where it is. */
async function takeInside(image: HTMLImageElement): Promise<void> {
  const address = image.dataset['src'] ?? image.src;
  delete image.dataset['src'];
  const response = await fetch(address).catch(() => undefined);
  if (response?.ok !== true) return image.setAttribute('src', address);
  const { type } = await response.clone().blob();
  const bytes = new Uint8Array(await response.arrayBuffer());
  image.setAttribute('src', `data:${type};base64,${toBase64(bytes)}`);
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}
