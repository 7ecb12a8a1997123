import type { Terminal } from '@xterm/xterm';
import type { RunView } from '../../demo/run-view.ts';
import { TERMINAL_COLOURS } from './terminal-colours.ts';
import { TranscriptReader } from './transcript-reader.ts';

/** In the slide's own pixels: readable from the last row. */
const FONT_PX = 17;

/**
 * A cell of JetBrains Mono, in ems, with a little to spare for rounding to whole pixels. Counted, not measured: every screen has
 * the same lines, however large its slide.
 */
const CELL_WIDTH = 0.605;
const CELL_HEIGHT = 1.58;

/** Ends a sequence that was cut in the middle (CAN), then clears everything (RIS). */
const START_AGAIN = '\u0018\u001Bc';

/** A read-only terminal of a run. The library comes when the first one is shown. */
export class TerminalView {
  #box: HTMLElement | undefined;
  #inner = document.createElement('div');
  #terminal: Terminal | undefined;
  #view: RunView | undefined;
  #reader = new TranscriptReader();
  #isWriting = false;
  #scale = 0;
  /** The line at the top, as a hand on whatever screen left it; undefined while it follows the output. */
  #line: number | undefined;
  #opened: Promise<void> | undefined;

  /** Writes what is new in the view's transcript. */
  draw(box: HTMLElement, view: RunView, scale: number): void {
    if (this.#box !== box) {
      this.#box = box;
      this.#inner.className = 'terminal-inner';
      box.append(this.#inner);
      this.#opened = this.#open(scale);
    }
    this.#follow(view);
    if (scale !== this.#scale) this.fit(scale);
  }

  /** Shows the line that a hand scrolled to, here or on another screen. */
  scrollTo(line: number | undefined): void {
    const terminal = this.#terminal;
    if (terminal === undefined || line === this.#line) return;
    this.#line = line;
    if (line === undefined) terminal.scrollToBottom();
    else terminal.scrollToLine(line);
  }

  /** Where a hand has just scrolled to; null at the end, where it follows the output again. */
  get scrolledTo(): number | null {
    const buffer = this.#terminal?.buffer.active;
    if (buffer === undefined || buffer.viewportY >= buffer.baseY) return null;
    return buffer.viewportY;
  }

  /** Resolves when what was written can be seen. */
  async isDrawn(): Promise<void> {
    await this.#opened;
    await new Promise<void>((resolve) => {
      const look = () => {
        if (this.#terminal === undefined || !this.#isWriting) resolve();
        else this.#terminal.write('', look);
      };
      look();
    });
  }

  async #open(scale: number): Promise<void> {
    const { createTerminal } = await import('./create-terminal.ts');
    this.#terminal = createTerminal(FONT_PX, TERMINAL_COLOURS);
    this.fit(scale);
    const view = this.#view;
    this.#view = undefined;
    if (view !== undefined) this.#follow(view);
  }

  #follow(view: RunView): void {
    const terminal = this.#terminal;
    if (terminal === undefined) {
      this.#view = view;
      return;
    }
    if (view !== this.#view) {
      this.#view = view;
      this.#reader = new TranscriptReader();
      // In its turn: what is left of the last run may still wait.
      terminal.write(START_AGAIN);
    }
    if (!this.#isWriting) this.#write(terminal, view);
  }

  /** One piece, and the next when the terminal has drawn it: so it pauses for the page, and little waits in it. */
  #write(terminal: Terminal, view: RunView): void {
    const piece = this.#reader.next(view.transcript, view.transcriptDropped);
    this.#isWriting = piece !== '';
    if (!this.#isWriting) return;
    terminal.write(piece, () => this.#write(terminal, this.#view ?? view));
  }

  /**
   * Under reveal's `transform: scale(k)` a terminal misjudges the pointer: its box is made k times as large with k times
   * the font, and scaled back by 1/k. A box that doesn't show has no size: then nothing happens.
   */
  fit(scale: number): void {
    const box = this.#box;
    const terminal = this.#terminal;
    if (box === undefined || terminal === undefined || box.clientWidth === 0) return;
    this.#scale = scale;
    const { style } = this.#inner;
    style.width = `${box.clientWidth * scale}px`;
    style.height = `${box.clientHeight * scale}px`;
    style.transform = `scale(${1 / scale})`;
    terminal.options.fontSize = FONT_PX * scale;
    if (terminal.element === undefined) terminal.open(this.#inner);
    terminal.resize(
      Math.max(20, Math.floor(box.clientWidth / (FONT_PX * CELL_WIDTH))),
      Math.max(4, Math.floor(box.clientHeight / (FONT_PX * CELL_HEIGHT))),
    );
  }
}
