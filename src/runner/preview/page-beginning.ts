import { setTimeout as delay } from 'node:timers/promises';

/** How a page begins. */
export interface Beginning {
  bytes: Buffer;
  /** Behind the doctype, without which browsers would draw the page in another way; undefined where no script can stand. */
  scriptAt: number | undefined;
  /** As its header says, or else the page of itself. */
  charset: string | undefined;
}

/** How far browsers look for a page's charset. */
const ENOUGH = 1024;
/** A page that begins with more than that has no doctype. */
const MOST = 64 * 1024;
/** A page that comes in pieces shows its first one. */
const PATIENCE_MS = 100;

/** Reads as much of a page as tells where a script can come first. The iterator stands behind it then. */
export async function readBeginning(source: AsyncIterator<Buffer>, type: string): Promise<Beginning> {
  let bytes: Buffer = Buffer.alloc(0);
  let waiting: Promise<IteratorResult<Buffer>> | undefined;
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const isFound = toScriptPlace(bytes) !== 'unknown';
    if (isFound && (bytes.length >= ENOUGH || performance.now() > until)) break;
    if (bytes.length >= MOST) break;
    waiting ??= source.next();
    const next = await (isFound ? Promise.race([waiting, delay(PATIENCE_MS)]) : waiting);
    if (next === undefined) break;
    waiting = undefined;
    if (next.done === true) break;
    bytes = Buffer.concat([bytes, next.value]);
  }
  if (waiting !== undefined) putBack(source, waiting);
  const place = toScriptPlace(bytes);
  const said = toKnownName(HEADER_CHARSET.exec(type)?.groups?.['name']);
  // Text to the browser, the script would only show its key to the app.
  const hasPlace = !hasWideMark(bytes) && said !== WIDE && (type !== '' || looksLikeHtml(bytes));
  const isBehindShift = place !== 'unknown' && bytes.subarray(0, place).includes(ESCAPE);
  return {
    bytes,
    scriptAt: hasPlace ? (place === 'unknown' || isBehindShift ? 0 : place) : undefined,
    charset: said ?? (hasWideMark(bytes) ? undefined : toCharset(bytes)),
  };
}

/** The piece that was asked for and has not come yet is the next. */
function putBack(source: AsyncIterator<Buffer>, piece: Promise<IteratorResult<Buffer>>): void {
  const next = source.next.bind(source);
  let isBack = true;
  source.next = async () => {
    if (!isBack) return next();
    isBack = false;
    return piece;
  };
}

const BOM = '\u00ef\u00bb\u00bf';
const BEFORE_DOCTYPE = /^(?:\s+|<!--(?:>|->|[^]*?--!?>)|<\?[^>]*>)*/u;

/** Offset of the place behind the doctype; the beginning without one; unknown while it may still come. */
function toScriptPlace(bytes: Buffer): number | 'unknown' {
  const text = bytes.subarray(0, MOST).toString('latin1');
  const start = text.startsWith(BOM) ? BOM.length : 0;
  const before = BEFORE_DOCTYPE.exec(text.slice(start))?.[0].length ?? 0;
  const rest = text.slice(start + before);
  const doctype = /^<!doctype[^>]*>/iu.exec(rest);
  if (doctype !== null) return start + before + doctype[0].length;
  const mayCome =
    /^<!doctype/iu.test(rest) || rest.startsWith('<!--') || '<!doctype'.startsWith(rest.toLowerCase());
  return mayCome ? 'unknown' : start;
}

/** What browsers take for a page when nobody says what it is. Source: MIME Sniffing Standard, section 7.1. */
function looksLikeHtml(bytes: Buffer): boolean {
  const tags = '!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p';
  return new RegExp(`^\\s*<(?:!--|(?:${tags})[\\s>])`, 'iu').test(bytes.toString('latin1'));
}

function hasWideMark([first, second]: Buffer): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

const HEADER_CHARSET = /charset\s*=\s*["']?\s*(?<name>[^\s"';,]+)/iu;
const WIDE = 'utf-16le';
/** Behind it, ISO-2022-JP has two bytes for a letter, which look like ASCII. */
const ESCAPE = 0x1b;

/** A charset's name as browsers know it: UTF-16 has many, `unicode` and `ucs-2` among them; undefined for what is no name. */
function toKnownName(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  try {
    const { encoding } = new TextDecoder(name);
    return encoding.startsWith('utf-16') ? WIDE : name;
  } catch {
    return undefined;
  }
}

/** Source: HTML Standard, "prescan a byte stream to determine its encoding". */
function toCharset(bytes: Buffer): string | undefined {
  const text = bytes.subarray(0, ENOUGH).toString('latin1');
  if (text.startsWith(BOM)) return 'utf-8';
  const meta = /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*(?<name>[\w:.-]+)/iu.exec(
    text.replaceAll(/<!--[^]*?-->/gu, ''),
  );
  // A page that could be read so far is not UTF-16, whatever it says.
  const name = toKnownName(meta?.groups?.['name']);
  return name === WIDE ? 'utf-8' : name;
}
