import { watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import { compileTalk } from '../deck/compile.ts';
import type { Deck, Diagnostic } from '../deck/deck.ts';
import { diffStacks } from '../stage/deck-patch.ts';
import type { DeckHost } from '../server/server-context.ts';
import type { Stage, StageMessage } from '../server/stage.ts';
import { UserError } from '../demo/user-error.ts';
import { readDeckFile } from './deck-file.ts';
import type { DeckPath } from './deck-path.ts';
import { toKeptPosition } from './kept-position.ts';

/** Editors write in several steps; what comes within this is one save. */
const SETTLE_MS = 8;
/** Some empty the file first: an empty one gets a second look. */
const EMPTY_MS = 80;

type KnownDemos = ReadonlyMap<string, readonly string[]>;

/** The deck on disk, compiled again with every save. The last one without an error stays up. */
export class WatchedDeck implements DeckHost {
  version = 1;
  deck: Deck;
  diagnostics: readonly Diagnostic[];
  readonly #path: DeckPath;
  readonly #demos: () => KnownDemos;
  #text: string;
  #watcher: FSWatcher | undefined;

  private constructor(path: DeckPath, text: string, demos: () => KnownDemos) {
    this.#path = path;
    this.#text = text;
    this.#demos = demos;
    this.deck = compileTalk(text, { demos: demos() });
    this.diagnostics = this.deck.diagnostics;
  }

  static async open(path: DeckPath, demos: () => KnownDemos): Promise<WatchedDeck> {
    const { text, problem } = await readDeckFile(path.file);
    if (text !== undefined) return new WatchedDeck(path, text, demos);
    const place = `${path.shown}:${problem.line}:${problem.column}`;
    throw new UserError(problem.code, `${place}: ${problem.message}`, problem.hint ?? '');
  }

  /** What a screen that just came must know of the newest save. */
  get message(): StageMessage {
    const { shown: file } = this.#path;
    return { event: 'deck', data: { title: this.deck.title, file, diagnostics: [...this.diagnostics] } };
  }

  /** Tells the stage of every save, until `close`. */
  watch(stage: Stage): void {
    const { file } = this.#path;
    let timer: NodeJS.Timeout | undefined;
    const look = (isSecond: boolean) => {
      this.#reload(stage, isSecond).then((isDone) => {
        if (!isDone) timer = setTimeout(() => look(true), EMPTY_MS);
      }, reportBug);
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => look(false), SETTLE_MS);
    };
    // The folder, not the file: many editors save by renaming a new file over the old one.
    this.#watcher = watch(dirname(file), (_kind, name) => {
      if (name === null || name === basename(file)) soon();
    });
    // The folder itself went: the deck that is up stays up.
    this.#watcher.on('error', reportBug);
  }

  close(): void {
    this.#watcher?.close();
  }

  /** False when the file looks as if its editor was not done with it: then it gets a second look. */
  async #reload(stage: Stage, isSecond: boolean): Promise<boolean> {
    const { text, problem } = await readDeckFile(this.#path.file);
    if (!isSecond && (text ?? '').trim() === '') return false;
    if (text === undefined) {
      this.diagnostics = [problem];
      // When it comes back as it was, that is news.
      this.#text = '';
      stage.tell(this.message);
      return true;
    }
    if (text === this.#text) return true;
    this.#text = text;
    const deck = compileTalk(text, { demos: this.#demos() });
    this.diagnostics = deck.diagnostics;
    if (deck.diagnostics.some((one) => one.severity === 'error')) stage.tell(this.message);
    else this.#putUp(deck, stage);
    return true;
  }

  #putUp(deck: Deck, stage: Stage): void {
    const before = this.deck;
    this.deck = deck;
    this.version += 1;
    const patch = { from: this.version - 1, to: this.version, ...diffStacks(before.stacks, deck.stacks) };
    const { data } = this.message as StageMessage & { event: 'deck' };
    stage.tell({ event: 'deck', data: { ...data, patch } });
    const { position } = stage.state;
    const kept = toKeptPosition(position, before.slides, deck.slides);
    if (kept !== position) stage.change({ type: 'move', position: kept });
  }
}

/** Told once, where the author looks; the deck that is up stays up, and the talk goes on. */
function reportBug(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
}
