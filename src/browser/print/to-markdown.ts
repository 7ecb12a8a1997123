/** HTML as Markdown that reads well; what Markdown has no sign for becomes its text. */
export function toMarkdown(element: Element): string {
  return blocksOf(element).join('\n\n');
}

const BLOCKS = 'p,ul,ol,pre,blockquote,h1,h2,h3,h4,h5,h6,div,section,table,dl,hr,figure';

function blocksOf(parent: Element): string[] {
  const blocks: string[] = [];
  let line = '';
  const endLine = () => {
    if (line.trim() !== '') blocks.push(line.trim());
    line = '';
  };
  for (const node of parent.childNodes) {
    if (node instanceof Element && node.matches(BLOCKS)) {
      endLine();
      blocks.push(...toBlock(node));
    } else line += toInline(node);
  }
  endLine();
  return blocks;
}

function toBlock(block: Element): string[] {
  const name = block.localName;
  const level = /^h([1-6])$/.exec(name)?.[1];
  if (level !== undefined) return [`${'#'.repeat(Number(level))} ${inlinesOf(block)}`];
  switch (name) {
    case 'ul':
    case 'ol':
      return [listOf(block, name === 'ol')];
    case 'pre':
      return [`\`\`\`\n${(block.textContent ?? '').replace(/\n$/, '')}\n\`\`\``];
    case 'blockquote':
      return [indent(toMarkdown(block), '> ', '> ')];
    case 'hr':
      return ['---'];
    case 'table':
      return [...block.querySelectorAll('tr')].map((row) => [...row.children].map(inlinesOf).join(' | '));
    default:
      return blocksOf(block);
  }
}

function listOf(list: Element, isNumbered: boolean): string {
  const items = [...list.children].map((item, i) => {
    const mark = isNumbered ? `${i + 1}. ` : '- ';
    const isTight = item.querySelector(':scope > p') === null;
    return indent(blocksOf(item).join(isTight ? '\n' : '\n\n'), mark, ' '.repeat(mark.length));
  });
  return items.join('\n');
}

function indent(text: string, first: string, next: string): string {
  return text
    .split('\n')
    .map((line, i) => (i === 0 ? first : line === '' ? next.trimEnd() : next) + line)
    .join('\n');
}

function inlinesOf(parent: Element): string {
  return [...parent.childNodes].map(toInline).join('').trim();
}

function toInline(node: Node): string {
  if (!(node instanceof Element)) return escape(node.textContent ?? '');
  const inner = () => inlinesOf(node);
  switch (node.localName) {
    case 'em':
    case 'i':
      return `*${inner()}*`;
    case 'strong':
    case 'b':
      return `**${inner()}**`;
    case 'code':
      return `\`${node.textContent ?? ''}\``;
    case 'br':
      return '\\\n';
    case 'a':
      return `[${inner()}](${node.getAttribute('href') ?? ''})`;
    case 'img':
      return `![${node.getAttribute('alt') ?? ''}](${node.getAttribute('src') ?? ''})`;
    case 'math':
      return `$${node.querySelector('annotation')?.textContent ?? node.textContent ?? ''}$`;
    default:
      return [...node.childNodes].map(toInline).join('');
  }
}

function escape(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\*_`[\]<]/g, String.raw`\$&`);
}
