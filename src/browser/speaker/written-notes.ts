/** Text of a `data-notes` attribute as notes. */
export function toNote(text: string): HTMLElement {
  const note = document.createElement('aside');
  const paragraph = document.createElement('p');
  paragraph.style.whiteSpace = 'pre-wrap';
  paragraph.textContent = text;
  note.append(paragraph);
  return note;
}

/** A slide's own notes: those in fragments are for their steps. Asides count before the attribute, as in reveal.js. */
export function slideNotes(section: HTMLElement): HTMLElement[] {
  const asides = [...section.querySelectorAll<HTMLElement>('aside.notes')].filter(
    (aside) => aside.closest('.fragment') === null,
  );
  const written = section.dataset['notes'];
  return asides.length === 0 && written !== undefined ? [toNote(written)] : asides;
}

/** What is to be said at a step: its aside, or else its attribute. */
export function fragmentNotes(fragment: HTMLElement): HTMLElement[] {
  const aside = fragment.querySelector<HTMLElement>('aside.notes');
  if (aside !== null) return [aside];
  const written = fragment.dataset['notes'];
  return written === undefined ? [] : [toNote(written)];
}

/** Its HTML where no reveal.js loads what it names: pictures with their address, and nothing that plays by itself. */
export function toShownHtml(note: HTMLElement): string {
  const shown = note.cloneNode(true) as HTMLElement;
  for (const media of shown.querySelectorAll<HTMLElement>('[data-src]')) {
    const address = media.dataset['src'] ?? '';
    delete media.dataset['src'];
    media.setAttribute('src', address);
  }
  for (const media of shown.querySelectorAll('video, audio')) {
    media.removeAttribute('autoplay');
    media.setAttribute('controls', '');
  }
  for (const frame of shown.querySelectorAll('iframe')) frame.remove();
  return shown.innerHTML;
}
