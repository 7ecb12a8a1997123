import { rm } from 'node:fs/promises';
import { writeWhole } from '../../files/whole-file.ts';

/**
 * A file that follows something that changes: written as a whole, at most so often, the newest content last. What can't be written is
 * told, and tried again with the next change.
 */
export class KeptFile {
  readonly #file: string;
  readonly #everyMs: number;
  readonly #tell: (problem: unknown) => void;
  #content: (() => string | undefined) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** `tell` gets what was thrown; undefined when it was written. */
  constructor(file: string, everyMs: number, tell: (problem: unknown) => void) {
    this.#file = file;
    this.#everyMs = everyMs;
    this.#tell = tell;
  }

  /** Undefined is no file. Asked for when it is written. */
  write(content: () => string | undefined): void {
    this.#content = content;
    this.#timer ??= setTimeout(() => void this.flush(), this.#everyMs);
  }

  /** Writes what is still to be written. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const content = this.#content;
    this.#content = undefined;
    if (content !== undefined) this.#writing = this.#writing.then(() => this.#write(content()));
    return this.#writing;
  }

  /** Takes the file away; nothing is written after that. */
  async remove(): Promise<void> {
    clearTimeout(this.#timer);
    this.#content = undefined;
    await this.#writing;
    await rm(this.#file, { force: true }).catch(() => undefined);
  }

  async #write(content: string | undefined): Promise<void> {
    try {
      if (content === undefined) await rm(this.#file, { force: true });
      else await writeWhole(this.#file, content);
      this.#tell(undefined);
    } catch (error) {
      this.#tell(error);
    }
  }
}
