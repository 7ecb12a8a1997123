import { setTimeout as delay } from 'node:timers/promises';
import type { Typing } from '../../demo/demo.ts';
import type { RunContext } from '../run-context.ts';
import { send, type Shell } from './start-shell.ts';
import { pauseAfter } from './typing.ts';

/** A command's line on its way into a shell: typed as a person would, at once, or a letter for each key that is pressed. */
export class CommandLine {
  readonly name: string;
  readonly #letters: string[];
  readonly #typing: Typing;
  #pressed = 0;
  #isHurried = false;
  #wake: () => void = () => {};

  constructor(name: string, line: string, typing: Typing) {
    this.name = name;
    this.#letters = Array.from(line);
    this.#typing = typing;
  }

  /** A key was pressed: with `keys` the next letter comes. */
  press(): void {
    this.#pressed += 1;
    this.#wake();
  }

  /** Enter was pressed: what is left of the line comes at once. */
  hurry(): void {
    this.#isHurried = true;
    this.#wake();
  }

  /** Resolves when all of it is in the shell. */
  async typeInto(context: RunContext, shell: Shell): Promise<void> {
    const { service } = shell;
    context.emit({ type: 'command', service, name: this.name, state: 'typing' });
    if (this.#typing === 'instant') await send(shell, this.#letters.join(''));
    else await this.#typeLetters(context, shell);
    if (!context.signal.aborted) context.emit({ type: 'command', service, name: this.name, state: 'typed' });
  }

  async #typeLetters({ signal }: RunContext, shell: Shell): Promise<void> {
    const stop = () => this.#wake();
    signal.addEventListener('abort', stop);
    let before = '';
    for (const [index, letter] of this.#letters.entries()) {
      await this.#turnOf(index, before, letter, signal);
      if (signal.aborted) break;
      await send(shell, letter);
      before = letter;
    }
    signal.removeEventListener('abort', stop);
  }

  async #turnOf(index: number, before: string, letter: string, signal: AbortSignal): Promise<void> {
    if (this.#typing === 'human') {
      await delay(pauseAfter(before, letter));
      return;
    }
    while (index >= this.#pressed && !this.#isHurried && !signal.aborted)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
  }
}
