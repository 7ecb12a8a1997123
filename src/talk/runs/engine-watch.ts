import { findEngine, type FoundEngine } from '../../engine/find-engine.ts';
import { UserError } from '../../demo/user-error.ts';

const POLL_MS = 2000;

/** The engine as it is now: found at the start, noticed when it goes and when it comes back. */
export class EngineWatch {
  current: FoundEngine = { problem: new UserError('no-engine', 'Looking for an engine …', 'One moment.') };
  /** Whether `current` is not known yet. */
  isLooking = true;
  /** Resolves when `current` is known. */
  readonly firstLook: Promise<void>;
  #endFirstLook: () => void = () => {};
  readonly #asked: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #onChange: () => void = () => {};

  /** `asked` is what `--engine` says; "none" looks for nothing. */
  constructor(asked: string | undefined) {
    this.#asked = asked;
    this.firstLook = new Promise((resolve) => (this.#endFirstLook = resolve));
  }

  /** Why there is no engine. */
  get problem(): UserError | undefined {
    return 'problem' in this.current ? this.current.problem : undefined;
  }

  /** Resolves after the first look; goes on looking until `close`. */
  async start(onChange: () => void): Promise<void> {
    if (this.#asked === 'none') {
      const hint = 'Recordings are available. Omit --engine none to run demos live.';
      this.current = { problem: new UserError('no-engine', 'Started without an engine.', hint) };
    } else await this.#look();
    this.isLooking = false;
    this.#endFirstLook();
    if (this.#asked === 'none') return;
    this.#onChange = onChange;
    this.#onChange();
    this.#again();
  }

  /** Asks the engine now. */
  async answers(): Promise<boolean> {
    const { engine } = this.current;
    return engine !== undefined && answers(engine);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#onChange = () => {};
    this.current.engine?.close();
  }

  #again(): void {
    this.#timer = setTimeout(() => {
      void this.#look().then((hasChanged) => {
        if (this.#timer === undefined) return;
        if (hasChanged) this.#onChange();
        this.#again();
      });
    }, POLL_MS);
    this.#timer.unref();
  }

  /** Whether an engine came or went. */
  async #look(): Promise<boolean> {
    const before = this.current.engine;
    if (before !== undefined && (await answers(before))) return false;
    // An address that is none (a DOCKER_HOST with a typo) costs the demos, not the talk.
    this.current = await findEngine({ engine: this.#asked }).catch((error: unknown) => ({
      problem: toProblem(error),
    }));
    return (before === undefined) !== (this.current.engine === undefined);
  }
}

async function answers(engine: { ping(signal?: AbortSignal): Promise<void> }): Promise<boolean> {
  return engine.ping(AbortSignal.timeout(POLL_MS)).then(
    () => true,
    () => false,
  );
}

function toProblem(error: unknown): UserError {
  if (error instanceof UserError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new UserError('no-engine', `Looking for an engine failed: ${reason}`, 'Recordings play meanwhile.');
}
