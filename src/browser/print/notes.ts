/** Fills one room after the other with the notes, asking for the next room when one is full. */
export function pourNotes(
  notes: readonly HTMLElement[],
  firstRoom: HTMLElement,
  nextRoom: () => HTMLElement,
): void {
  let room = firstRoom;
  room.append(...notes.flatMap((note) => [...note.childNodes]));
  while (room.scrollHeight > room.clientHeight + 1) {
    const rest = takeRest(room);
    if (rest === undefined) return;
    room = nextRoom();
    room.append(rest);
  }
}

/** Cuts off what is below the room's end, between two words. Undefined when nothing can be cut. */
function takeRest(room: HTMLElement): DocumentFragment | undefined {
  const end = room.getBoundingClientRect().bottom;
  const texts = document.createTreeWalker(room, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let isFirst = true;
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    range.selectNodeContents(text);
    if ((text.textContent ?? '').trim() === '') continue;
    if (range.getBoundingClientRect().bottom > end) {
      const at = firstBelow(text, end);
      // A room that takes not even a word would be asked for again and again.
      if (isFirst && at === 0) return undefined;
      range.setStart(text, at);
      if (room.lastChild !== null) range.setEndAfter(room.lastChild);
      return range.extractContents();
    }
    isFirst = false;
  }
  return undefined;
}

/** Where the first word begins that reaches below `end`, by halving. */
function firstBelow(text: Node, end: number): number {
  const content = text.textContent ?? '';
  const starts = [...content.matchAll(/\S+/g)].map((word) => ({
    at: word.index,
    to: word.index + word[0].length,
  }));
  const range = document.createRange();
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const word = starts[middle];
    if (word === undefined) break;
    range.setStart(text, word.at);
    range.setEnd(text, word.to);
    if (range.getBoundingClientRect().bottom > end) high = middle;
    else low = middle + 1;
  }
  return low === 0 ? 0 : (starts[low]?.at ?? 0);
}
