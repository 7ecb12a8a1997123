import type { Terminal } from '@xterm/xterm';
import type { TerminalSize } from './panel-session.ts';
import type { RunView } from '../../demo/run-view.ts';
import { TERMINAL_COLOURS } from './terminal-colours.ts';
import { TranscriptReader } from './transcript-reader.ts';
import { loadPart } from '../load-part.ts';

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

/** "Resize the text area to rows and columns". Source: xterm's control sequences, XTWINOPS. */
const RESIZE = 8;

function isLength(value: unknown): value is number {
  return typeof value === 'number' && value >= 1 && value <= 999;
}

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
  /** What it was recorded in, at its beginning; and by now, if that was resized. */
  #recordedSize: TerminalSize | undefined;
  #size: TerminalSize | undefined;
  #opened: Promise<void> | undefined;
  #sizes = new ResizeObserver(() => this.#scale > 0 && this.fit(this.#scale));

  /** Writes what is new in the view's transcript. With a size the letters fit the place, else the terminal does. */
  draw(box: HTMLElement, view: RunView, scale: number, size?: TerminalSize): void {
    this.#recordedSize = size;
    if (this.#box !== box) {
      this.#box = box;
      this.#inner.className = 'terminal-inner';
      box.append(this.#inner);
      // The bar of a recording comes when it is read, and takes some of the place.
      this.#sizes.disconnect();
      this.#sizes.observe(box);
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
    const { createTerminal } = await loadPart(() => import('./create-terminal.ts'));
    const terminal = createTerminal(FONT_PX, TERMINAL_COLOURS);
    this.#terminal = terminal;
    // What was recorded in a window that was resized: only such a terminal has a size of its own.
    terminal.parser.registerCsiHandler({ final: 't' }, ([what, rows, cols]) =>
      this.#resize(what, cols, rows),
    );
    this.#size = this.#recordedSize;
    this.fit(scale);
    const view = this.#view;
    this.#view = undefined;
    if (view !== undefined) this.#follow(view);
  }

  #resize(what: unknown, cols: unknown, rows: unknown): boolean {
    if (what !== RESIZE || this.#size === undefined || !isLength(cols) || !isLength(rows)) return false;
    this.#size = { cols, rows };
    this.#terminal?.resize(cols, rows);
    this.#scale = 0;
    return true;
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
      terminal.write(START_AGAIN, () => {
        this.#size = this.#recordedSize;
        this.#scale = 0;
      });
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
    if (this.#size !== undefined) return this.#fitLetters(terminal, this.#size);
    terminal.resize(
      Math.max(20, Math.floor(box.clientWidth / (FONT_PX * CELL_WIDTH))),
      Math.max(4, Math.floor(box.clientHeight / (FONT_PX * CELL_HEIGHT))),
    );
  }

  /** Letters as large as the size lets them be: text that was laid out for 80 columns is a mess in 60. */
  #fitLetters(terminal: Terminal, { cols, rows }: TerminalSize): void {
    terminal.resize(cols, rows);
    const letters = terminal.element?.querySelector<HTMLElement>('.xterm-screen');
    const { fontSize } = terminal.options;
    if (letters === undefined || letters === null || fontSize === undefined || letters.offsetHeight === 0)
      return;
    const [width, height] = [
      this.#inner.clientWidth / letters.offsetWidth,
      this.#inner.clientHeight / letters.offsetHeight,
    ];
    terminal.options.fontSize = Math.max(1, Math.floor(fontSize * Math.min(width, height) * 10) / 10);
  }
}
