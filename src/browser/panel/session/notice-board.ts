import { ApiError } from '../../stage/api.ts';
import type { Notice } from './panel-session.ts';

/** How long a notice is read, in ms. */
const SHOWN_MS = 12_000;

/** Asked for in vain because something else was asked since: nobody need hear of it. */
const OVERTAKEN = 'urn:deckhand:overtaken';

/** Why what was just asked of a panel is not done: gone after a while, and when it is true no more. */
export class NoticeBoard {
  notice: Notice | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #tell: () => void;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  /** Carries out what was asked for; a refusal is shown, a bug is thrown. */
  async guard(action: () => Promise<void>): Promise<void> {
    this.clear();
    try {
      await action();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.problem.type !== OVERTAKEN) this.#show(error.problem.detail, error.problem.hint);
    }
  }

  #show(message: string, hint: string): void {
    this.notice = { message, hint };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.clear(), SHOWN_MS);
    this.#tell();
  }

  clear(): void {
    clearTimeout(this.#timer);
    if (this.notice === undefined) return;
    this.notice = undefined;
    this.#tell();
  }
}
