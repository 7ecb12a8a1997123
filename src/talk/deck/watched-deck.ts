import { isDeepStrictEqual } from 'node:util';
import { reportBug } from '../../debug/report-bug.ts';
import type { Deck, Diagnostic } from '../../deck/deck.ts';
import { diffStacks } from '../../stage/deck-patch.ts';
import type { DeckHost } from '../../server/server-context.ts';
import type { Stage } from '../../server/stage.ts';
import type { StageMessage } from '../../stage/stage-message.ts';
import { UserError } from '../../demo/user-error.ts';
import { codeFrame } from './diagnostic-text.ts';
import { compileWithFiles } from './compile-talk.ts';
import { readDeckFile } from './deck-file.ts';
import type { DeckPath } from './deck-path.ts';
import { toNamedFile } from '../../site/named-files.ts';
import { KeptPlace } from './kept-position.ts';
import { pollFiles } from '../../files/poll-files.ts';
import { toDoubt, type Save } from './unfinished-save.ts';
import { WatchedFiles, watchFile } from '../../files/watch-file.ts';

/** Editors write in several steps; what comes within this is one save. */
const SETTLE_MS = 8;
/** How often the files are looked at that slides show. */
const FILES_MS = 1000;

type KnownDemos = ReadonlyMap<string, readonly string[]>;

/** The deck on disk, compiled again with every save. The last one without an error stays up. */
export class WatchedDeck implements DeckHost {
  version = 1;
  deck: Deck;
  diagnostics: readonly Diagnostic[];
  readonly #path: DeckPath;
  readonly #demos: () => KnownDemos;
  #text: string;
  /** A save that may not be whole. */
  #save: Save | undefined;
  /** A file has changed whose text stands on a slide. */
  #hasOtherCode = false;
  readonly #code = new WatchedFiles();
  readonly #place = new KeptPlace();
  #closers: (() => void)[] = [];

  private constructor(path: DeckPath, { text, deck }: Pick<Save, 'text' | 'deck'>, demos: () => KnownDemos) {
    this.#path = path;
    this.#text = text;
    this.#demos = demos;
    this.deck = deck;
    this.diagnostics = deck.diagnostics;
  }

  static async open(path: DeckPath, demos: () => KnownDemos): Promise<WatchedDeck> {
    const { text, problem } = await readDeckFile(path.file);
    if (text !== undefined) {
      const deck = await compileWithFiles(text, { demos: demos() }, path.places);
      return new WatchedDeck(path, { text, deck }, demos);
    }
    const place = `${path.shown}:${problem.line}:${problem.column}`;
    throw new UserError(problem.code, `${place}: ${problem.message}`, problem.hint ?? '');
  }

  /** What a screen that just came must know of the newest save. */
  get message(): StageMessage & { event: 'deck' } {
    const { shown: file } = this.#path;
    const diagnostics = this.diagnostics.map((one) =>
      one.severity === 'error' ? { ...one, frame: codeFrame(this.#text, one) } : one,
    );
    return { event: 'deck', data: { title: this.deck.title, file, diagnostics } };
  }

  /** Tells the stage of every save, until `close`. */
  watch(stage: Stage): void {
    let timer: NodeJS.Timeout | undefined;
    // One after the other: the newest save must be the one that stays.
    let turn = Promise.resolve();
    const look = () => {
      turn = turn
        .then(() => this.#reload(stage))
        .then((waitMs) => {
          if (waitMs > 0) timer = setTimeout(look, waitMs);
        })
        .catch(reportBug);
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(look, SETTLE_MS);
    };
    this.#closers = [watchFile(this.#path.file, soon), () => clearTimeout(timer)];
    const shown = pollFiles(
      () => [...this.#shownFiles.keys()],
      FILES_MS,
      (changed) => {
        const files = changed.flatMap((path) => this.#shownFiles.get(path) ?? []);
        stage.tell({ event: 'deck', data: { ...this.message.data, files } });
      },
    );
    this.#closers.push(shown, () => this.#code.watch([]));
    this.#code.onChange = () => {
      this.#hasOtherCode = true;
      soon();
    };
    this.#code.watch(this.#codeFiles);
  }

  close(): void {
    for (const close of this.#closers) close();
  }

  /** Where the files are that slides show, with what browsers ask for. */
  get #shownFiles(): Map<string, string[]> {
    const files = new Map<string, string[]>();
    for (const { path, link } of this.deck.files) {
      const named = link === true ? undefined : toNamedFile(path, this.#path.places);
      for (const file of named?.candidates ?? [])
        files.set(file, [...new Set([...(files.get(file) ?? []), named?.address ?? ''])]);
    }
    return files;
  }

  /** Where the files may be whose text stands on slides. */
  get #codeFiles(): string[] {
    const { codeFiles } = this.#save?.deck ?? this.deck;
    return codeFiles.flatMap((path) => toNamedFile(path, this.#path.places)?.candidates ?? []);
  }

  /** How long to wait before the file is looked at again: not at all when it is up, or can't be. */
  async #reload(stage: Stage): Promise<number> {
    const { text, problem } = await readDeckFile(this.#path.file);
    if (text === undefined) {
      this.diagnostics = [problem];
      // When it comes back as it was, that is news.
      this.#text = '';
      this.#save = undefined;
      stage.tell(this.message);
      return 0;
    }
    const isSame = text === this.#text;
    if (isSame && !this.#hasOtherCode) return 0;
    if (text !== this.#save?.text || this.#hasOtherCode) {
      this.#hasOtherCode = false;
      const deck = await compileWithFiles(text, { demos: this.#demos() }, this.#path.places);
      this.#save = { text, deck, at: performance.now() };
      this.#code.watch(this.#codeFiles);
    }
    const { deck, at } = this.#save;
    const doubtMs = isSame
      ? 0
      : toDoubt({ text: this.#text, slides: this.deck.slides }, this.#save, stage.state.position);
    const waitMs = doubtMs - (performance.now() - at);
    if (waitMs > 0) return Math.ceil(waitMs);
    this.#text = text;
    this.#save = undefined;
    const isNews = !isSame || !isDeepStrictEqual(deck, this.deck);
    this.diagnostics = deck.diagnostics;
    if (!isNews) return 0;
    if (deck.diagnostics.some((one) => one.severity === 'error')) stage.tell(this.message);
    else this.#putUp(deck, stage);
    return 0;
  }

  #putUp(deck: Deck, stage: Stage): void {
    const before = this.deck;
    this.deck = deck;
    // Another look is another page: no screen has the version that the patch is for, and each loads it again.
    this.version += isDeepStrictEqual(before.look, deck.look) ? 1 : 2;
    const patch = { from: this.version - 1, to: this.version, ...diffStacks(before.stacks, deck.stacks) };
    stage.tell({ event: 'deck', data: { ...this.message.data, patch } });
    const { position } = stage.state;
    const kept = this.#place.after(position, before.slides, deck.slides);
    if (kept !== position) stage.change({ type: 'move', position: kept });
  }
}
