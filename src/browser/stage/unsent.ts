import type { StageChange } from '../../stage/stage-schema.ts';
import type { StageState } from '../../stage/stage-state.ts';

/** How many moves this window remembers: a server that comes back from a file may be some of them behind. */
const MOVES_KEPT = 50;

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
  /** Ids of the moves that it made, or has heard of. */
  #known: string[];
  /** How often somebody else has moved the talk. */
  #others = 0;

  constructor() {
    const { changes, moves } = takeKept(this.#key);
    this.#kept = new Map(changes.map((change) => [change.type, change]));
    this.#known = moves;
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
    if (change.type === 'move') this.#learn(change.id);
    if (isKept(change)) this.#underWay.set(change.type, change);
    return this.#others;
  }

  /** Nobody answered. */
  keep(change: StageChange, noted: number): void {
    this.#end(change);
    if (change.type === 'move' && this.isOvertaken(noted)) return;
    if (isKept(change)) this.#kept.set(change.type, change);
  }

  /** Whether somebody else has moved the talk since `note`. */
  isOvertaken(noted: number): boolean {
    return noted !== this.#others;
  }

  /** It arrived, or a newer one of its kind did. */
  drop(change: { type: string }): void {
    this.#end(change);
    this.#kept.delete(change.type as KeptChange['type']);
  }

  /** What the server says: a talk that somebody else has moved in the meantime is not pulled back. */
  hear({ moveId }: StageState): void {
    if (moveId === undefined || this.#known.includes(moveId)) return;
    this.#others += 1;
    this.#kept.delete('move');
    this.#learn(moveId);
  }

  #learn(id: string | undefined): void {
    if (id !== undefined && !this.#known.includes(id)) this.#known = [...this.#known, id].slice(-MOVES_KEPT);
  }

  #end(change: { type: string }): void {
    const type = change.type as KeptChange['type'];
    if (this.#underWay.get(type) === change) this.#underWay.delete(type);
  }

  #keep(): void {
    const changes = [...new Map([...this.#kept, ...this.#underWay]).values()];
    if (changes.length === 0) return;
    try {
      sessionStorage.setItem(this.#key, JSON.stringify({ changes, moves: this.#known }));
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
  moves: string[];
}

function takeKept(key: string): Kept {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Kept | null;
    sessionStorage.removeItem(key);
    return kept ?? { changes: [], moves: [] };
  } catch {
    return { changes: [], moves: [] };
  }
}
