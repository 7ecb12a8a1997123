const KEY = 'deckhand-notes-size';
const STEP = 1.15;

/** How large the notes are, in rem; remembered by this browser. */
export class NotesSize {
  rem = readRem();

  larger(): void {
    this.#set(this.rem * STEP);
  }

  smaller(): void {
    this.#set(this.rem / STEP);
  }

  #set(rem: number): void {
    this.rem = Math.min(4, Math.max(0.8, rem));
    localStorage.setItem(KEY, this.rem.toFixed(2));
  }
}

function readRem(): number {
  const kept = Number(localStorage.getItem(KEY));
  return kept >= 0.8 && kept <= 4 ? kept : 1.4;
}
