/** Sheets in the order of the pages, and for each slide the box that shows it first. */
export interface Sheets {
  sheets: HTMLElement[];
  firstBoxes: HTMLElement[];
}

export function toSheet(kind: 'screen' | 'paper'): HTMLElement {
  const sheet = document.createElement('div');
  sheet.className = `sheet ${kind}`;
  return sheet;
}

/** Shrinks the box, and puts it where it belongs on its sheet. */
export function place(box: HTMLElement, scale: number, left: number, top: number): void {
  box.classList.add('placed');
  Object.assign(box.style, { left: `${left}px`, top: `${top}px`, transform: `scale(${scale})` });
}
