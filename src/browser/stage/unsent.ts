import type { StageChange } from '../../stage/stage-schema.ts';
import type { Position, StageState } from '../../stage/stage-state.ts';

/** Places that this window has seen the talk at: a server that comes back from a file may be some steps behind. */
const PLACES_KEPT = 50;

type KeptChange = Extract<StageChange, { type: 'move' | 'pause' | 'overview' }>;

/**
 * What was done in this window while nobody answered, for when somebody does: of each kind the newest, because each says all there is to
 * say. It outlasts a reload of the page.
 */
export class UnsentChanges {
  readonly #key = `deckhand-unsent ${location.pathname}${location.search}`;
  readonly #kept: Map<KeptChange['type'], KeptChange>;
  /** Sent, and not answered yet: a page that goes away now would never know. */
  readonly #underWay = new Map<KeptChange['type'], KeptChange>();
  #places: string[];
  /** How often somebody else has moved the talk. */
  #others = 0;

  constructor() {
    const { changes, places } = takeKept(this.#key);
    this.#kept = new Map(changes.map((change) => [change.type, change]));
    this.#places = places;
    addEventListener('pagehide', () => this.#keep());
  }

  get isEmpty(): boolean {
    return this.#kept.size === 0;
  }

  get changes(): KeptChange[] {
    return [...this.#kept.values()];
  }

  /** Whether one of this kind is kept, or under way. */
  has(type: KeptChange['type']): boolean {
    return this.#kept.has(type) || this.#underWay.has(type);
  }

  /** Before a change is sent: from here on the talk may be there because of us. Returns what `keep` wants, should nobody answer. */
  note(change: StageChange): number {
    if (change.type === 'move') this.#see(change.position);
    if (isKept(change)) this.#underWay.set(change.type, change);
    return this.#others;
  }

  /** Nobody answered. */
  keep(change: StageChange, noted: number): void {
    this.#end(change);
    if (change.type === 'move' && noted !== this.#others) return;
    if (isKept(change)) this.#kept.set(change.type, change);
  }

  /** It arrived, or a newer one of its kind did. */
  drop(change: { type: string }): void {
    this.#end(change);
    this.#kept.delete(change.type as KeptChange['type']);
  }

  /** What the server says: a talk that somebody else has moved in the meantime is not pulled back. */
  hear({ position }: StageState): void {
    if (!this.#places.includes(toWord(position))) {
      this.#others += 1;
      this.#kept.delete('move');
    }
    this.#see(position);
  }

  #see(position: Position): void {
    const place = toWord(position);
    this.#places = [...this.#places.filter((one) => one !== place), place].slice(-PLACES_KEPT);
  }

  #end(change: { type: string }): void {
    const type = change.type as KeptChange['type'];
    if (this.#underWay.get(type) === change) this.#underWay.delete(type);
  }

  #keep(): void {
    const changes = [...new Map([...this.#kept, ...this.#underWay]).values()];
    if (changes.length === 0) return;
    try {
      sessionStorage.setItem(this.#key, JSON.stringify({ changes, places: this.#places }));
    } catch {
      // A browser that was told to keep nothing forgets them at a reload.
    }
  }
}

function isKept(change: StageChange): change is KeptChange {
  return change.type === 'move' || change.type === 'pause' || change.type === 'overview';
}

interface Kept {
  changes: KeptChange[];
  places: string[];
}

function takeKept(key: string): Kept {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Kept | null;
    sessionStorage.removeItem(key);
    return kept ?? { changes: [], places: [] };
  } catch {
    return { changes: [], places: [] };
  }
}

function toWord({ h, v, f }: Position): string {
  return `${h}/${v}/${f}`;
}
