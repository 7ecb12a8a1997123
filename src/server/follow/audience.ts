import { runOf } from '../../stage/panel-state.ts';
import { foldAudienceMessage, type AudienceMessage, type AudienceSnapshot } from '../../stage/audience.ts';
import { toAddress } from './file-addresses.ts';
import { RunBacklog } from './run-backlog.ts';
import { toServerSentEvent } from './server-sent-event.ts';

type Listener = (message: AudienceMessage, encoded: Buffer) => void;

/**
 * The talk as the audience may see it, for whoever comes, and every message of it as it happens. Fed by the talk itself in the
 * presenting process, by the relay in others.
 */
export class Audience {
  #now: Omit<AudienceSnapshot, 'runs'>;
  #runs = new Map<string, RunBacklog>();
  readonly #listeners = new Set<Listener>();
  readonly #clock: () => number;
  /** By our clock: a state that was told a minute ago says a `now` of a minute ago. */
  #stageAt: number;
  /** Grows with everything that a page says of the talk. */
  pageVersion = 1;

  constructor(snapshot: AudienceSnapshot, clock: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#now = snapshot;
    this.#stageAt = clock();
    this.#takeRuns(snapshot);
  }

  /** Everything as it is now. */
  get snapshot(): AudienceSnapshot {
    const { stage } = this.#now;
    const now = Math.round(stage.now + this.#clock() - this.#stageAt);
    const runs = [...this.#runs.values()].flatMap((run) => run.pieces);
    return { ...this.#now, stage: { ...stage, now }, runs };
  }

  /** Whether the talk shows the file at this address: what isn't named here needn't be asked for. */
  hasFile(path: string): boolean {
    const { deck, demos } = this.#now;
    const recordings = demos.flatMap(({ recording }) => Object.values(recording?.files ?? {}));
    return [...deck.files, ...recordings].includes(toAddress(path));
  }

  /** Somebody who missed messages has to start from here. */
  replace(snapshot: AudienceSnapshot): void {
    this.#now = snapshot;
    this.#stageAt = this.#clock();
    this.pageVersion += 1;
    this.#runs.clear();
    this.#takeRuns(snapshot);
    const { instance, deck, stage, demos, drawings, runs } = snapshot;
    this.#pass({ event: 'hello', data: { instance, deckVersion: deck.version } });
    this.#pass({ event: 'stage', data: stage });
    this.#pass({ event: 'demos', data: demos });
    this.#pass({ event: 'drawings', data: drawings });
    for (const data of runs) this.#pass({ event: 'run', data });
  }

  tell(message: AudienceMessage): void {
    this.#now = foldAudienceMessage(this.#now, message);
    if (message.event === 'deck' || message.event === 'demos') this.pageVersion += 1;
    if (message.event === 'stage') {
      this.#stageAt = this.#clock();
      this.#forgetRuns();
    }
    const encoded = this.#pass(message);
    if (message.event === 'run') this.#keepRun(message, encoded);
  }

  /** Returns the function that ends it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What a follower who comes now is told first. The runs' bytes are the same for all. */
  greeting(): Buffer[] {
    const { instance, deck, stage, demos, drawings } = this.snapshot;
    const first: AudienceMessage[] = [
      { event: 'hello', data: { instance, deckVersion: deck.version } },
      { event: 'stage', data: stage },
      { event: 'demos', data: demos },
      { event: 'drawings', data: drawings },
    ];
    return [...first.map(toServerSentEvent), ...[...this.#runs.values()].map((run) => run.encoded)];
  }

  #pass(message: AudienceMessage): Buffer {
    const encoded = toServerSentEvent(message);
    for (const listener of this.#listeners) listener(message, encoded);
    return encoded;
  }

  #takeRuns({ runs }: AudienceSnapshot): void {
    for (const data of runs) this.#keepRun({ event: 'run', data }, toServerSentEvent({ event: 'run', data }));
  }

  #keepRun({ data }: AudienceMessage & { event: 'run' }, encoded: Buffer): void {
    const backlog = this.#runs.get(data.id) ?? new RunBacklog();
    this.#runs.set(data.id, backlog);
    backlog.add(data, encoded);
  }

  /** A run that no panel shows any more. */
  #forgetRuns(): void {
    const shown = new Set(Object.values(this.#now.stage.panels).map((panel) => runOf(panel)?.id));
    for (const id of this.#runs.keys()) if (!shown.has(id)) this.#runs.delete(id);
  }
}
