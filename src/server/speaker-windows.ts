import { SHOWN_EVERY_MS } from '../stage/fallback.ts';

/** A window that has said nothing for so long is gone: its browser crashed, its phone sleeps. */
const GONE_AFTER_MS = 3 * SHOWN_EVERY_MS;
/** One that said that it closes may only be reloading. */
const RELOAD_MS = 2000;
/** Nobody has as many; a page that makes up names must not fill the memory. */
const MOST = 100;

/** The speaker views and phones that show now: those that can be asked. */
export class SpeakerWindows {
  readonly #windows = new Map<string, NodeJS.Timeout>();
  readonly #onChange: (isThere: boolean) => void;

  /** `onChange` is called when the first comes and when the last one goes. */
  constructor(onChange: (isThere: boolean) => void) {
    this.#onChange = onChange;
  }

  /** What a window says of itself; `id` is its own. */
  say(id: string, isShown: boolean): void {
    const before = this.#windows.get(id);
    if (before === undefined && (!isShown || this.#windows.size >= MOST)) return;
    clearTimeout(before);
    const gone = setTimeout(() => this.#forget(id), isShown ? GONE_AFTER_MS : RELOAD_MS);
    gone.unref();
    const isFirst = this.#windows.size === 0;
    this.#windows.set(id, gone);
    if (isFirst) this.#onChange(true);
  }

  #forget(id: string): void {
    this.#windows.delete(id);
    if (this.#windows.size === 0) this.#onChange(false);
  }
}
