import type { BuildEvent } from '../engine.ts';
import type { BuildFailure } from '../engine-error.ts';
import { toBuildFailure } from './build-failure.ts';
import type { Translator } from './buildkit.ts';
import type { Dockerfile, Instruction } from './dockerfile.ts';
import { StepTracker } from './step-tracker.ts';

/** Docker: `Step 3/7 : RUN …`. Podman: `STEP 3/7: RUN …`, and `[1/2] STEP 3/7: …` when there are several stages. */
const STEP = /^(?:\[(?<stage>\d+)\/\d+\] )?(?<word>Step|STEP) (?<number>\d+)\/\d+ ?: (?<verb>\w+)/u;
/** What the builder says of itself, in messages of their own, between a step's output. */
const CHATTER =
  /^(?: ---> Running in [0-9a-f]{12}| ---> Removed intermediate container [0-9a-f]{12}|Removing intermediate container [0-9a-f]{12}|Successfully built [0-9a-f]{12}|Successfully tagged \S+|COMMIT(?: \S+)?|[0-9a-f]{64})\n$/u;
const CACHED = /^(?: ---> |--> )Using cache/u;
/** The image that a step made: the step is over. */
const MADE = /^(?: ---> |--> )[0-9a-f]{11,64}\n$/u;

/** The classic builder's stream, and Podman's, which looks alike. They say when a step begins, but not when it ends. */
export function createClassicTranslator(dockerfile: Dockerfile, now: () => number): Translator {
  return new ClassicTranslator(dockerfile, now);
}

class ClassicTranslator implements Translator {
  readonly #tracker: StepTracker;
  readonly #now: () => number;
  #current: { instruction: Instruction; began: number; isCached: boolean } | undefined;
  /** A step header comes in one message, its line feed in the next. */
  #swallowLineFeed = false;

  constructor(dockerfile: Dockerfile, now: () => number) {
    this.#tracker = new StepTracker(dockerfile);
    this.#now = now;
  }

  *events(message: unknown): Generator<BuildEvent> {
    if (typeof message !== 'object' || message === null) return;
    if ('stream' in message) yield* this.#onText(String(message.stream));
    else yield* this.#onProgress(message);
  }

  *#onText(text: string): Generator<BuildEvent> {
    const header = STEP.exec(text)?.groups;
    if (header !== undefined) {
      yield* this.#finish();
      yield* this.#begin(this.#find(header));
      this.#swallowLineFeed = true;
      return;
    }
    const isLineFeed = text === '\n' && this.#swallowLineFeed;
    this.#swallowLineFeed = false;
    if (CACHED.test(text) && this.#current !== undefined) this.#current.isCached = true;
    if (MADE.test(text)) yield* this.#finish();
    if (isLineFeed || CHATTER.test(text) || CACHED.test(text) || MADE.test(text)) return;
    if (this.#current === undefined) yield { type: 'output', text };
    else yield { type: 'output', step: this.#current.instruction.step, text };
  }

  *#onProgress(message: object): Generator<BuildEvent> {
    for (const progress of pullProgress(message)) {
      if (this.#current !== undefined) this.#tracker.pulls(this.#current.instruction);
      yield progress;
    }
  }

  #find(header: Record<string, string | undefined>): Instruction | undefined {
    const number = Number(header['number']);
    const { instructions } = this.#tracker.dockerfile;
    const stage = Number(header['stage'] ?? 1) - 1;
    const own = header['word'] === 'Step' ? instructions : instructions.filter((one) => one.stage === stage);
    const instruction = own[number - 1];
    // The engine adds a step of its own for labels, after the last one of the target.
    return instruction?.verb === header['verb']?.toUpperCase() ? instruction : undefined;
  }

  *#begin(instruction: Instruction | undefined): Generator<BuildEvent> {
    if (instruction === undefined) return;
    this.#current = { instruction, began: this.#now(), isCached: false };
    yield* this.#tracker.change(instruction, 'running');
  }

  *#finish(): Generator<BuildEvent> {
    const current = this.#current;
    this.#current = undefined;
    if (current === undefined) return;
    const ms = this.#now() - current.began;
    yield* this.#tracker.complete(current.instruction, current.isCached, ms);
  }

  end(): Iterable<BuildEvent> {
    return this.#finish();
  }

  failure(said: string, printed: string): { events: Iterable<BuildEvent>; error: BuildFailure } {
    const current = this.#current;
    if (current === undefined) return { events: [], error: toBuildFailure(said, undefined, printed) };
    const ms = this.#now() - current.began;
    return {
      events: this.#tracker.change(current.instruction, 'failed', ms),
      error: toBuildFailure(said, current.instruction, printed),
    };
  }
}

/** `{"status":"Downloading","id":"…","progressDetail":{"current":…,"total":…}}`, in builds and pulls alike. */
export function* pullProgress(
  message: object,
): Generator<{ type: 'progress'; item: string; done: number; total?: number }> {
  if (!('id' in message) || !('status' in message) || !('progressDetail' in message)) return;
  if (message.status !== 'Downloading') return;
  const detail = message.progressDetail;
  if (typeof detail !== 'object' || detail === null) return;
  const done = 'current' in detail && typeof detail.current === 'number' ? detail.current : 0;
  const total =
    'total' in detail && typeof detail.total === 'number' && detail.total > 0 ? detail.total : undefined;
  yield { type: 'progress', item: String(message.id), done, ...(total === undefined ? {} : { total }) };
}
