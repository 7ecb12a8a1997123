import { line, words } from './inlines.ts';
import type { Random } from './random.ts';

/** Tables of all four kinds, drawn as by hand. */
export function table(random: Random): string {
  const text = random.weighted([
    [6, pipe],
    [2, simple],
    [1.5, grid],
    [1, multiline],
  ])(random);
  const caption = `${random.pick([':', 'Table:', ': '])} ${words(random)}`;
  if (random.chance(0.2)) return `${text}\n\n${caption}`;
  return random.chance(0.03) ? `${caption}\n\n${text}` : text;
}

function pipe(random: Random): string {
  const count = 1 + random.below(4);
  const isOpen = random.chance(0.15) && count > 1;
  const row = (cells: string[]) => (isOpen ? cells.join(' | ') : `| ${cells.join(' | ')} |`);
  const cell = () =>
    random.chance(0.1) ? '' : line(random, 1, random.chance(0.03) ? 12 : 1).replaceAll('|', '/');
  const cells = () => random.several(count, count, cell);
  const rule = random.several(count, count, () =>
    random.pick(['---', ':--', '--:', ':-:', '-', '-----------']),
  );
  const rules = isOpen ? rule.join('|') : `|${rule.join('|')}|`;
  const rows = random.several(1, 3, () => row(cells()));
  return [row(cells()), rules, ...rows].join('\n');
}

function widths(random: Random): number[] {
  return random.several(2, 3, () => 4 + random.below(12));
}

function fitted(text: string, width: number, random: Random): string {
  const cut = text.slice(0, width);
  return random.pick([cut.padEnd(width), cut.padEnd(width), cut.padStart(width)]);
}

function simple(random: Random): string {
  const sizes = widths(random);
  const row = () =>
    sizes
      .map((size) => fitted(words(random, 1, 2), size, random))
      .join('  ')
      .trimEnd();
  const rule = sizes.map((size) => '-'.repeat(size)).join('  ');
  if (random.chance(0.2)) return [rule, ...random.several(1, 3, row), rule].join('\n');
  return [row(), rule, ...random.several(1, 3, row)].join('\n');
}

function multiline(random: Random): string {
  const sizes = widths(random);
  const row = () =>
    sizes
      .map((size) => fitted(words(random, 1, 2), size, random))
      .join(' ')
      .trimEnd();
  const total = '-'.repeat(sizes.reduce((sum, size) => sum + size + 1, -1));
  const rule = sizes.map((size) => '-'.repeat(size)).join(' ');
  const group = () => random.several(1, 2, row).join('\n');
  return [total, group(), rule, random.several(2, 3, group).join('\n\n'), total].join('\n');
}

function grid(random: Random): string {
  const sizes = widths(random);
  const row = () => `|${sizes.map((size) => ` ${fitted(words(random, 1, 2), size, random)} `).join('|')}|`;
  const rule = (mark: string) => `+${sizes.map((size) => mark.repeat(size + 2)).join('+')}+`;
  const body = random.several(1, 3, () => `${random.several(1, 2, row).join('\n')}\n${rule('-')}`);
  const head = random.chance(0.7) ? [row(), rule('=')] : [];
  return [rule('-'), ...head, ...body].join('\n');
}
