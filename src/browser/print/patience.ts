/** How long nothing may come at all; a server that accepts and never answers must not keep the talk from being printed. */
const PATIENCE_MS = 10_000;
/** How long for one that has been waited for in vain already. */
const KNOWN_SILENT_MS = 500;
/** So many at a time: all pictures of a talk at once may be more than memory and network take. */
const AT_ONCE = 6;

/** Origins that were waited for in vain: later work on them need not. */
const SILENT = new Set<string>();

/** Work that waits for files from elsewhere: a few at a time, and for as long as something comes. */
export class PatientQueue {
  readonly #waiting = new Set<Wait>();
  #progress = 0;
  readonly #tasks: (() => Promise<void>)[] = [];

  /** `work` gets a signal that says when it is to give up on `address`. */
  add(address: string, work: (patience: AbortSignal) => Promise<unknown>): void {
    this.#tasks.push(async () => {
      const origin = originOf(address);
      const wait = new Wait(SILENT.has(origin) ? KNOWN_SILENT_MS : PATIENCE_MS);
      this.#waiting.add(wait);
      await work(wait.signal).finally(() => {
        wait.end();
        this.#waiting.delete(wait);
      });
      if (wait.signal.aborted) SILENT.add(origin);
      else this.onProgress();
    });
  }

  /** Something came: what else is waited for may just be slow. */
  readonly onProgress = (): void => {
    for (const wait of this.#waiting) wait.renew();
    // Whoever waits for the page to be ready sees that it gets on.
    document.documentElement.dataset['printProgress'] = String((this.#progress += 1));
  };

  async run(): Promise<void> {
    const worker = async () => {
      for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) await task();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }
}

class Wait {
  readonly #controller = new AbortController();
  readonly #ms: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number) {
    this.#ms = ms;
    this.renew();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  renew(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(), this.#ms);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

function originOf(address: string): string {
  return URL.canParse(address, location.href) ? new URL(address, location.href).origin : '';
}

/** Why something is missing that was waited for long enough. */
export const NEVER_CAME = `it did not come within ${PATIENCE_MS / 1000} s`;

/** Why it failed; undefined when it did not. */
export function settle(loading: Promise<unknown>, patience: AbortSignal): Promise<string | undefined> {
  const gaveUp = new Promise<string>((resolve) => {
    if (patience.aborted) resolve(NEVER_CAME);
    patience.addEventListener('abort', () => resolve(NEVER_CAME), { once: true });
  });
  const done = loading.then(
    () => undefined,
    () => (patience.aborted ? NEVER_CAME : 'it could not be loaded'),
  );
  return Promise.race([done, gaveUp]);
}
