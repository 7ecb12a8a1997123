import type { TerminalSize } from '../session/panel-session.ts';

/** What a terminal does in some milliseconds, counted in cells that it writes. */
const PIECE_COST = 60_000;
/** A longer sequence is none that a program means. */
const MAX_PARAMETERS = 200;
/** Larger numbers are places that no terminal has. */
const LARGEST = 9999;
/** Marks on one letter: more would be drawn again and again for nobody. */
const MAX_MARKS = 16;
/** What takes no cell of its own: marks, joiners, and the vowels and ends of Hangul syllables. */
const MARK = /[\p{M}\p{Cf}\u1160-\u11FF\uD7B0-\uD7FF]/u;

/** Modes that take the wheel and the focus from a terminal that only shows, or hold its picture back. Source: xterm's control sequences, DECSET. */
const NOT_FOR_SHOWING = new Set([
  '1000',
  '1002',
  '1003',
  '1004',
  '1005',
  '1006',
  '1015',
  '1016',
  '2004',
  '2026',
]);

type State = 'text' | 'escape' | 'csi' | 'string' | 'string-escape';

/**
 * Stands before every terminal: live, replayed, published, on paper. A terminal does what output says as often as it says, and
 * twelve bytes can say two thousand million times. So counts go no further than the terminal is large, strings of other protocols
 * (titles, links, pictures, clipboard) are left out, and what is much work comes in many pieces, between which the page has its
 * turn. Sequences may be cut anywhere between two calls. Pure.
 *
 * Source: ECMA-48 5.4 to 5.6, and xterm's control sequences.
 */
export class BoundedOutput {
  #state: State = 'text';
  /** Of the sequence that is being read: what stands between its introducer and its end. */
  #parameters = '';
  #marks = 0;
  #pieces: string[] = [];
  #piece = '';
  #cost = 0;

  /** The same output, safe, in pieces to be written one after another. `size` is the terminal's. */
  push(text: string, size: TerminalSize): string[] {
    let at = 0;
    while (at < text.length) {
      const plain = this.#state === 'text' ? plainFrom(text, at) : '';
      if (plain !== '') this.#marks = 0;
      if (plain !== '') this.#add(plain, plain.length);
      at += plain.length;
      const code = text.codePointAt(at);
      if (code === undefined || plain.length === MAX_PLAIN) continue;
      const char = String.fromCodePoint(code);
      at += char.length;
      if (this.#state !== 'text' || code < 0x20 || (code >= 0x7f && code < 0xa0))
        this.#control(char, code, size);
      else if (this.#isWanted(char, code)) this.#add(char, 1);
    }
    this.#endPiece();
    return this.#pieces.splice(0);
  }

  #isWanted(char: string, code: number): boolean {
    // Most text is told apart without a search.
    const isMark = code >= 0x300 && MARK.test(char);
    this.#marks = isMark ? this.#marks + 1 : 0;
    return this.#marks <= MAX_MARKS;
  }

  #control(char: string, code: number, size: TerminalSize): void {
    // CAN and SUB end whatever was begun.
    if (code === 0x18 || code === 0x1a) this.#to('text');
    else if (code === 0x1b) this.#to(this.#state === 'string' ? 'string-escape' : 'escape');
    else if (code >= 0x80 && code < 0xa0) this.#c1(code, char);
    else if (this.#state === 'string') this.#inString(code);
    // Controls inside of a sequence act at once.
    else if (code < 0x20) this.#add(char, 1);
    else if (this.#state === 'csi') this.#inCsi(char, code, size);
    else if (this.#state !== 'text') this.#afterEscape(char, code, size);
  }

  #to(state: State): void {
    this.#state = state;
    this.#parameters = '';
  }

  /** One character for what is else ESC and a letter. */
  #c1(code: number, char: string): void {
    if (code === 0x9b) this.#to('csi');
    else if (code === 0x90 || code === 0x98 || code >= 0x9d) this.#to('string');
    else {
      if (this.#state !== 'string' && code !== 0x9c) this.#add(char, 1);
      this.#to('text');
    }
  }

  /** BEL ends a title, as ST does. */
  #inString(code: number): void {
    if (code === 0x07) this.#to('text');
  }

  #afterEscape(char: string, code: number, { cols, rows }: TerminalSize): void {
    if (code >= 0x20 && code < 0x30 && this.#parameters.length < MAX_PARAMETERS) {
      this.#parameters += char;
      return;
    }
    const sequence = this.#parameters + char;
    this.#to('text');
    if (sequence === '[') this.#to('csi');
    else if (/^[P\]X^_]$/u.test(sequence)) this.#to('string');
    // The end of a string, whose beginning was left out.
    else if (sequence !== '\\') {
      // Everything from the start (RIS): nothing that came before is seen.
      if (sequence === 'c') [this.#pieces, this.#piece] = [[], ''];
      // A whole screen of E (DECALN) is work, too.
      this.#add(`\u001B${sequence}`, sequence === 'c' || sequence === '#8' ? cols * rows : rows);
    }
  }

  #inCsi(char: string, code: number, size: TerminalSize): void {
    if (code < 0x40) {
      // Too long to be meant: read to its end, and left out.
      if (this.#parameters.length <= MAX_PARAMETERS) this.#parameters += char;
      return;
    }
    const parameters = this.#parameters;
    this.#to('text');
    if (code >= 0x7f || parameters.length > MAX_PARAMETERS) return;
    const [sequence, cost] = boundCsi(parameters, char, size);
    if (sequence !== '') this.#add(sequence, cost);
  }

  #add(text: string, cost: number): void {
    if (this.#cost + cost > PIECE_COST) this.#endPiece();
    this.#piece += text;
    this.#cost += cost;
  }

  #endPiece(): void {
    if (this.#piece !== '') this.#pieces.push(this.#piece);
    this.#piece = '';
    this.#cost = 0;
  }
}

/** Letters and lines, which most output is, taken as they are. */
const PLAIN = /[\t\n\r\u0020-\u007E\u00A0-\u02FF\u0400-\u0482\u2500-\u27BF\u4E00-\u9FFF]{1,10000}/uy;
const MAX_PLAIN = 10_000;

function plainFrom(text: string, at: number): string {
  PLAIN.lastIndex = at;
  return PLAIN.exec(text)?.[0] ?? '';
}

/** The sequence with numbers that end somewhere, and what it costs; empty for what is not to be done here. */
function boundCsi(parameters: string, final: string, { cols, rows }: TerminalSize): [string, number] {
  const cells = cols * rows;
  const written = (most: number, cost: (count: number) => number): [string, number] => {
    const bounded = parameters.replaceAll(/\d+/gu, (digits) => String(Math.min(Number(digits), most)));
    const count = Number(/\d+/u.exec(bounded)?.[0] ?? 1);
    return [`\u001B[${bounded}${final}`, cost(Math.max(1, count))];
  };
  if (parameters.startsWith('?')) return boundMode(parameters, final, cells);
  switch (final) {
    // Repeats the letter before it.
    case 'b':
      return written(cells, (count) => count);
    case '@':
    case 'P':
    case 'X':
    case 'I':
    case 'Z':
    case 'a':
      return written(cols, () => cols);
    case 'L':
    case 'M':
    case 'S':
    case 'T':
      return written(rows, (count) => count * rows);
    // Columns go in and out on every line.
    case '}':
    case '~':
    case 'J':
      return written(cols, () => cells / 4);
    // A window that was resized lays out all its lines anew.
    case 't':
      return written(LARGEST, () => PIECE_COST);
    default:
      return written(LARGEST, () => 8);
  }
}

/** Modes have numbers of four digits; two screens take turns (1049), and each is cleared. */
function boundMode(parameters: string, final: string, cells: number): [string, number] {
  const kept = parameters
    .slice(1)
    .split(';')
    .filter((mode) => mode.length <= 4 && !NOT_FOR_SHOWING.has(mode));
  return kept.length === 0 ? ['', 0] : [`\u001B[?${kept.join(';')}${final}`, cells * kept.length];
}
