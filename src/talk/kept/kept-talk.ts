import type { Deck } from '../../deck/deck.ts';
import type { Stage } from '../../server/stage.ts';
import { steadyNow } from '../../server/steady-now.ts';
import type { TalkTimes } from '../../server/talk-times.ts';
import type { Drawings } from '../../stage/drawing.ts';
import { timerElapsed } from '../../stage/stage-state.ts';
import { ownDeck, type Ownership } from '../deck/deck-owner.ts';
import { fileBeside, type DeckPath } from '../deck/deck-path.ts';
import { findDrawings, toDrawingsFile } from './kept-drawings.ts';
import { KeptFile } from './kept-file.ts';
import { readBrokenOff, toStageFile, type BrokenOffTalk } from './kept-stage.ts';
import { keepTalkTimes } from './rehearsed-times.ts';

/** A line grows many times a second, a panel scrolls as often. */
const EVERY_MS = { stage: 300, drawings: 1000 };

/** What a talk that was broken off leaves to the one that goes on. */
export interface Resumed extends BrokenOffTalk {
  drawings: Drawings;
}

interface Presented {
  stage: Stage;
  times: TalkTimes;
}

/** The files that Deckhand keeps beside a deck while it is presented: where the talk is, what is drawn, how long slides took. */
export class KeptTalk {
  readonly resumed: Resumed | undefined;
  readonly #path: DeckPath;
  readonly #owner: Ownership;
  readonly #began: string;
  #finish: (() => Promise<void>)[] = [];
  #isOver = false;

  private constructor(path: DeckPath, owner: Ownership, resumed: Resumed | undefined) {
    this.#path = path;
    this.#owner = owner;
    this.resumed = resumed;
    this.#began = resumed?.began ?? new Date().toISOString();
  }

  /** Unless the talk begins anew, it goes on where another Deckhand was killed a while ago. */
  static async open(path: DeckPath, { slides }: Deck, isFromStart = false): Promise<KeptTalk> {
    const owner = await ownDeck(path);
    if (!owner.isOurs || isFromStart) return new KeptTalk(path, owner, undefined);
    const found = await readBrokenOff(fileBeside(path, 'stage'), slides, steadyNow());
    const drawings = found === undefined ? {} : await findDrawings(path);
    return new KeptTalk(path, owner, found && { ...found, drawings });
  }

  /** Says what came of `open`, in a line. */
  print(): void {
    if (!this.#owner.isOurs) {
      const { pid, since } = this.#owner.owner;
      const at = new Date(since).toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' });
      const text = `  Another Deckhand (process ${pid}, since ${at}) presents this deck: this one keeps no drawings, times or place.\n`;
      process.stdout.write(text);
    }
    if (this.resumed === undefined) return;
    const { agoMs, state } = this.resumed;
    const minutes = Math.round(agoMs / 60_000);
    const ago = minutes === 0 ? 'a moment' : `${minutes} min`;
    const timer = Math.round(timerElapsed(state.timer, steadyNow()) / 60_000);
    process.stdout.write(
      `  The talk continues where it was ${ago} ago, ${timer} min on the timer. To start over: --from-start\n`,
    );
  }

  /** Keeps them from here on, until `close`. */
  keep({ stage, times }: Presented, slides: () => Deck['slides'], isRehearsal: boolean): void {
    if (!this.#owner.isOurs) return;
    const problems = new Problems(stage);
    const keptStage = this.#file('stage', EVERY_MS.stage, problems);
    const keptDrawings = this.#file('drawings', EVERY_MS.drawings, problems);
    const began = this.#began;
    const toStage = () => toStageFile({ state: stage.state, spent: times.spent, began, slides: slides() });
    stage.listen(({ event }) => {
      if (event === 'stage' && stage.state.version > 0) keptStage.write(toStage);
      if (event === 'drawing') keptDrawings.write(() => toDrawingsFile(stage.drawings));
    });
    // Ctrl+C ends a talk. Whatever else ends this process breaks it off.
    process.once('SIGINT', () => (this.#isOver = true));
    this.#finish = [
      () => (this.#isOver ? keptStage.remove() : keptStage.flush()),
      () => keptDrawings.flush(),
    ];
    if (!isRehearsal) return;
    const tell = (problem: unknown) => problems.tell('times', problem);
    this.#finish.push(keepTalkTimes(fileBeside(this.#path, 'times'), { stage, times, began }, tell));
  }

  async close(): Promise<void> {
    for (const finish of this.#finish) await finish();
    if (this.#owner.isOurs) await this.#owner.release();
  }

  #file(kind: 'stage' | 'drawings', everyMs: number, problems: Problems): KeptFile {
    return new KeptFile(fileBeside(this.#path, kind), everyMs, (problem) => problems.tell(kind, problem));
  }
}

const LOST = {
  stage: 'where the talk is',
  drawings: 'what is drawn',
  times: 'how long slides take',
};

/** Says in the terminal and in the speaker view what can't be kept, once, until it can be again. */
class Problems {
  readonly #stage: Stage;
  readonly #found = new Map<keyof typeof LOST, string>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  tell(kind: keyof typeof LOST, problem: unknown): void {
    const before = this.#found.get(kind);
    if (problem === undefined && before === undefined) return;
    if (problem === undefined) this.#found.delete(kind);
    else {
      const why = problem instanceof Error ? problem.message : 'it failed';
      const text = `Deckhand can't keep ${LOST[kind]}: ${why}`;
      if (before === undefined) process.stderr.write(`  ${text}\n`);
      this.#found.set(kind, text);
    }
    const [first] = this.#found.values();
    this.#stage.sayNotKept(first);
  }
}
