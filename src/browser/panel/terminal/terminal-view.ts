import type { Terminal } from '@xterm/xterm';
import type { TerminalSize } from '../session/panel-session.ts';
import type { RunView } from '../../../demo/run/run-view.ts';
import { BoundedOutput } from './bounded-output.ts';
import { terminalColours } from './terminal-colours.ts';
import { TranscriptReader } from '../session/transcript-reader.ts';
import { loadPart } from '../../load-part.ts';

/** In the slide's own pixels: readable from the last row. */
const FONT_PX = 17;

/**
 * A cell of JetBrains Mono, in ems, with a little to spare for rounding to whole pixels. Counted, not measured: every screen has
 * the same lines, however large its slide.
 */
const CELL_WIDTH = 0.605;
const CELL_HEIGHT = 1.58;

/** Letters are made smaller this often, at most, until all rows fit. */
const MAX_ATTEMPTS = 12;

/** Ends a sequence that was cut in the middle (CAN), then clears everything (RIS). */
const START_AGAIN = '\u0018\u001Bc';

/** "Resize the text area to rows and columns". Source: xterm's control sequences, XTWINOPS. */
const RESIZE = 8;

/** How many letters fit a place, in the slide's own pixels. */
export function sizeOf({ clientWidth, clientHeight }: HTMLElement): TerminalSize {
  return {
    cols: Math.max(20, Math.floor(clientWidth / (FONT_PX * CELL_WIDTH))),
    rows: Math.max(4, Math.floor(clientHeight / (FONT_PX * CELL_HEIGHT))),
  };
}

/** Which of the deck's two themes the page shows: see deck/projector-theme.ts. */
function shownTheme(): string {
  return document.documentElement.dataset['shownTheme'] ?? '';
}

function isLength(value: unknown): value is number {
  return typeof value === 'number' && value >= 1 && value <= 999;
}

/** What a terminal shows, as it grows. */
export type Shown = Pick<RunView, 'transcript' | 'transcriptDropped'>;

/** A terminal of a run. The library comes when the first one is shown. */
export class TerminalView {
  #box: HTMLElement | undefined;
  #inner = document.createElement('div');
  #terminal: Terminal | undefined;
  #view: Shown | undefined;
  readonly #onKeys: ((text: string) => void) | undefined;
  #reader = new TranscriptReader();
  #output = new BoundedOutput();
  #isWriting = false;
  #scale = 0;
  /** The line at the top, as a hand on whatever screen left it; undefined while it follows the output. */
  #line: number | undefined;
  /** What it was recorded in, at its beginning; and by now, if that was resized. */
  #recordedSize: TerminalSize | undefined;
  #size: TerminalSize | undefined;
  #opened: Promise<void> | undefined;
  /** The theme whose colours it has. */
  #theme = '';
  #sizes = new ResizeObserver(() => this.#scale > 0 && this.fit(this.#scale));

  /** Read-only unless somebody takes what is typed. */
  constructor(onKeys?: (text: string) => void) {
    this.#onKeys = onKeys;
  }

  /** Writes what is new in the view's transcript. With a size the letters fit the place, else the terminal does. */
  draw(box: HTMLElement, view: Shown, scale: number, size?: TerminalSize): void {
    const isResized =
      size !== undefined && (size.cols !== this.#recordedSize?.cols || size.rows !== this.#recordedSize.rows);
    this.#recordedSize = size;
    if (isResized) {
      this.#size = size;
      this.#scale = 0;
    }
    if (this.#box !== box) {
      this.#box = box;
      this.#inner.className = 'terminal-inner';
      box.append(this.#inner);
      // The bar of a recording comes when it is read, and takes some of the place.
      this.#sizes.disconnect();
      this.#sizes.observe(box);
      this.#opened = this.#open(scale);
    }
    this.#wearTheme();
    this.#follow(view);
    if (scale !== this.#scale) this.fit(scale);
  }

  #wearTheme(): void {
    if (this.#terminal === undefined || this.#theme === shownTheme()) return;
    this.#theme = shownTheme();
    this.#terminal.options.theme = terminalColours(this.#inner);
  }

  focus(): void {
    this.#terminal?.focus();
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
    const terminal = createTerminal(FONT_PX, terminalColours(this.#inner), this.#onKeys);
    this.#theme = shownTheme();
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

  #follow(view: Shown): void {
    const terminal = this.#terminal;
    if (terminal === undefined) {
      this.#view = view;
      return;
    }
    if (view !== this.#view) {
      this.#view = view;
      this.#reader = new TranscriptReader();
      this.#output = new BoundedOutput();
      // In its turn: what is left of the last run may still wait.
      terminal.write(START_AGAIN, () => {
        this.#size = this.#recordedSize;
        this.#scale = 0;
      });
    }
    if (!this.#isWriting) this.#write(terminal, view);
  }

  /** One piece, and the next when the terminal has drawn it: so it pauses for the page, and little waits in it. */
  #write(terminal: Terminal, view: Shown): void {
    const piece = this.#reader.next(view.transcript, view.transcriptDropped);
    this.#isWriting = piece !== '';
    if (!this.#isWriting) return;
    const safe = this.#output.push(piece, terminal);
    // Each has its own turn: the terminal pauses between them.
    const last = safe.pop() ?? '';
    for (const part of safe) terminal.write(part);
    terminal.write(last, () => this.#write(terminal, this.#view ?? view));
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
    this.#placeInner(box, scale, 1);
    terminal.options.fontSize = FONT_PX * scale;
    if (terminal.element === undefined) terminal.open(this.#inner);
    if (this.#size !== undefined) this.#fitLetters(terminal, this.#size);
    else {
      const { cols, rows } = sizeOf(box);
      terminal.resize(cols, rows);
    }
    // Letters get no smaller than a pixel, or than the browser's user allows: what is still too large is drawn smaller as a whole.
    const { width, height } = this.#room(terminal);
    const shrink = Math.min(1, width, height);
    if (shrink < 1) this.#placeInner(box, scale, shrink);
  }

  /** `shrink` draws it smaller, in the same place. */
  #placeInner(box: HTMLElement, scale: number, shrink: number): void {
    const { style } = this.#inner;
    style.width = `${(box.clientWidth * scale) / shrink}px`;
    style.height = `${(box.clientHeight * scale) / shrink}px`;
    style.transform = `scale(${shrink / scale})`;
  }

  /** Letters as large as the size lets them be: text that was laid out for 80 columns is a mess in 60. */
  #fitLetters(terminal: Terminal, { cols, rows }: TerminalSize): void {
    terminal.resize(cols, rows);
    // A row is a whole number of pixels high, so what is counted once may still be too large.
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const { fontSize = FONT_PX } = terminal.options;
      const { width, height } = this.#room(terminal);
      const room = Math.min(width, height);
      if (attempt > 0 && room >= 1) return;
      const wanted = Math.floor(fontSize * room * 10) / 10;
      terminal.options.fontSize = Math.max(1, attempt === 0 ? wanted : Math.min(wanted, fontSize - 0.1));
    }
  }

  /** How many times as large the letters could be. */
  #room(terminal: Terminal): { width: number; height: number } {
    const letters = terminal.element?.querySelector<HTMLElement>('.xterm-screen');
    if (letters === undefined || letters === null || letters.offsetHeight === 0)
      return { width: 1, height: 1 };
    // A part of a pixel is none.
    const [clientWidth, clientHeight] = [this.#inner.clientWidth - 1, this.#inner.clientHeight - 1];
    return { width: clientWidth / letters.offsetWidth, height: clientHeight / letters.offsetHeight };
  }
}
