/** A small HTML reader for comparing two compilers' output: elements, attributes, text. */
export interface Element {
  tag: string;
  attributes: Map<string, string>;
  children: Node[];
}
export type Node = Element | string;

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
const RAW = new Set(['script', 'style', 'textarea']);
/** Elements whose end tag may be left out: another of the same list ends them. */
const CLOSED_BY: Record<string, string[]> = {
  li: ['li'],
  p: ['p'],
  tr: ['tr'],
  td: ['td', 'th', 'tr'],
  th: ['td', 'th', 'tr'],
};

export function parseHtml(html: string): Element {
  const root: Element = { tag: '#root', attributes: new Map(), children: [] };
  const stack: Element[] = [root];
  const pattern = /<!--[\s\S]*?-->|<!\[CDATA\[|<!?\/?[A-Za-z][^\s>/]*(?:"[^"]*"|'[^']*'|[^>"'])*>|[^<]+|</g;
  for (let match = pattern.exec(html); match !== null; match = pattern.exec(html)) {
    const [piece] = match;
    const top = stack.at(-1) ?? root;
    if (piece.startsWith('<!--')) {
      top.children.push({ tag: '#comment', attributes: new Map(), children: [piece] });
    } else if (piece.startsWith('</') && piece.length > 2) {
      closeElement(stack, piece.slice(2, -1).trim().toLowerCase());
    } else if (/^<[A-Za-z]/.test(piece) && piece.endsWith('>')) {
      const element = parseTag(piece);
      const enders = CLOSED_BY[element.tag];
      if (enders !== undefined && stack.length > 1 && CLOSED_BY[top.tag]?.includes(element.tag) === true)
        stack.pop();
      (stack.at(-1) ?? root).children.push(element);
      if (VOID.has(element.tag) || piece.endsWith('/>')) continue;
      stack.push(element);
      if (RAW.has(element.tag)) {
        const end = html.toLowerCase().indexOf(`</${element.tag}`, pattern.lastIndex);
        const stop = end === -1 ? html.length : end;
        element.children.push(html.slice(pattern.lastIndex, stop));
        pattern.lastIndex = stop;
      }
    } else {
      top.children.push(decode(piece));
    }
  }
  return root;
}

function closeElement(stack: Element[], tag: string): void {
  for (let index = stack.length - 1; index > 0; index--) {
    if (stack[index]?.tag === tag) {
      stack.length = index;
      return;
    }
  }
}

function parseTag(piece: string): Element {
  const tag = /^<([^\s>/]+)/.exec(piece)?.[1]?.toLowerCase() ?? '';
  const attributes = new Map<string, string>();
  const rest = piece.slice(tag.length + 1).replace(/\/?>$/, '');
  for (const [, name = '', , double, single, bare] of rest.matchAll(
    /([^\s=/"'<>]+)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g,
  )) {
    if (!attributes.has(name)) attributes.set(name, decode(double ?? single ?? bare ?? ''));
  }
  return { tag, attributes, children: [] };
}

const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  check: '✓',
  hellip: '…',
};

function decode(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+\d*);/gi, (raw, name: string) => {
    if (name.startsWith('#x') || name.startsWith('#X'))
      return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return NAMED[name] ?? raw;
  });
}

export function textOf(node: Node): string {
  return typeof node === 'string' ? node : node.children.map(textOf).join('');
}
