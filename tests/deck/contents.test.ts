import { expect, test } from 'vitest';
import { compileDeck } from '../../src/deck/compile.ts';

const DECK =
  '# Why\n\n## First\n\n- one\n\n# How {.unnumbered}\n\n## Slides[^n]\n\n[^n]: note\n\n# *What*\n\n## More\n';
const compile = (yaml: string, body = DECK) => compileDeck(`---\n${yaml}\n---\n\n${body}`);

test('toc: true begins a deck with the list of its sections, each a link', () => {
  const { slides, stacks } = compile('title: A talk\ntoc: true');
  expect(slides.slice(0, 3).map(({ h, id, title }) => [h, id, title])).toEqual([
    [0, 'title-slide', 'A talk'],
    [1, 'TOC', 'Contents'],
    [2, 'why', 'Why'],
  ]);
  expect(stacks[1]?.match(/<a href[^>]*>.*<\/a>/g)).toEqual([
    '<a href="#/why">Why</a>',
    '<a href="#/how">How</a>',
    '<a href="#/what"><em>What</em></a>',
  ]);
});

test('a deck without sections lists its slides; toc-depth goes deeper, toc-title and lang name the list', () => {
  const flat = compile('toc: true\nlang: de-AT', '## One\n\n## Two[^n]\n\n[^n]: note\n');
  expect(flat.slides.map(({ title }) => title)).toEqual(['Inhalt', 'One', 'Two', '']);
  expect(flat.stacks[0]).toContain('<a href="#/twon">Two</a>');
  const deep = compile('toc: true\ntoc-depth: 2\ntoc-title: Plan');
  expect(deep.slides[0]?.title).toBe('Plan');
  expect(deep.stacks[0]?.match(/<li>/g)).toHaveLength(6);
  expect(compile('toc: true', 'Words only.\n').slides).toHaveLength(1);
});

test('number-sections: true puts numbers before titles, but for those that are unnumbered', () => {
  const { slides, stacks } = compile('number-sections: true');
  expect(slides.map(({ title }) => title)).toEqual([
    '1 Why',
    '1.1 First',
    'How',
    '1.2 Slides',
    '2 What',
    '2.1 More',
    '',
  ]);
  expect(stacks[0]).toContain('<h1><span class="header-section-number">1</span> Why</h1>');
  expect(slides.map(({ id }) => id)).toContain('first');
});
