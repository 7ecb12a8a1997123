const KEY = 'deckhand-speaker';
const STEP = 1.15;
const [SMALLEST, LARGEST] = [0.8, 4];

/** How this browser shows the speaker view; remembered by it. */
interface Kept {
  /** Size of the notes, in rem. */
  rem: number;
  /** Notes over the slide, for a laptop without a second display. */
  isSingle: boolean;
  /** Time left instead of time gone. */
  countsDown: boolean;
}

export class SpeakerSettings {
  #kept = read();

  get rem(): number {
    return this.#kept.rem;
  }

  get isSingle(): boolean {
    return this.#kept.isSingle;
  }

  get countsDown(): boolean {
    return this.#kept.countsDown;
  }

  resizeNotes(change: 'larger' | 'smaller'): void {
    const rem = change === 'larger' ? this.rem * STEP : this.rem / STEP;
    this.#set({ rem: Math.min(LARGEST, Math.max(SMALLEST, rem)) });
  }

  toggle(what: 'isSingle' | 'countsDown'): void {
    this.#set({ [what]: !this.#kept[what] });
  }

  #set(change: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...change };
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#kept));
    } catch {
      // A browser that keeps nothing shows it this once.
    }
  }
}

function read(): Kept {
  const usual: Kept = { rem: 1.4, isSingle: false, countsDown: true };
  try {
    const kept = { ...usual, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Kept>) };
    return kept.rem >= SMALLEST && kept.rem <= LARGEST ? kept : usual;
  } catch {
    return usual;
  }
}
