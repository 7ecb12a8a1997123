import { describe, expect, test } from 'vitest';
import { convertDeck, guessFormat, type Format } from '../../src/convert/convert.ts';
import { compileTalk } from '../../src/deck/compile.ts';

/** Converted, then compiled: what a talk would show. */
function present(text: string, format: Format) {
  const { text: pandoc, report } = convertDeck(text, format);
  const deck = compileTalk(pandoc);
  return { deck, report, pandoc, titles: deck.slides.map(({ title }) => title) };
}

describe('a Marp deck', () => {
  const MARP = `---
marp: true
title: Ships
theme: gaia
paginate: true
header: Port
---

<!-- _class: lead -->
# Ships

Text
- at once

---

![bg cover](sea.jpg)

## Sea

* one
  still one
* two

<!-- Say it slowly. -->

---
<!-- backgroundColor: #123 -->

![w:300px a ship](ship.png)

---

# <!-- fit --> Big
## Below

\`\`\`js
---
\`\`\`
`;

  test('keeps its slides, titles, pictures, backgrounds, steps and notes', () => {
    const { deck, titles, pandoc, report } = present(MARP, 'marp');
    expect(titles).toEqual(['Ships', 'Sea', '', 'Big']);
    expect(deck.look.theme).toBe('light');
    expect(pandoc).toContain('## Ships {.center}');
    expect(deck.stacks[0]).toContain('<li>at once</li>');
    expect(deck.stacks[1]).toContain('data-background-image="sea.jpg"');
    expect(deck.stacks[1]).toContain('<li class="fragment">two</li>');
    expect(deck.stacks[1]).toContain('Say it slowly.');
    expect(deck.stacks[2]).toContain('data-background-color="#123"');
    expect(pandoc).toContain('![a ship](ship.png){width=300px}');
    expect(deck.stacks[3]).toContain('<h3');
    expect(deck.stacks[3]).toContain('---');
    expect(report).toEqual(['"header" of the front matter is left out.']);
  });

  test('begins a slide at each heading with headingDivider', () => {
    const { titles } = present('---\nmarp: true\nheadingDivider: 2\n---\n# A\n## B\n### b\n## C\n', 'marp');
    expect(titles).toEqual(['A', 'B', 'C']);
  });
});

describe('a Slidev deck', () => {
  const SLIDEV = `---
theme: seriph
title: Boats
background: https://example.org/x.jpg
---

# Boats

<!-- Hello. -->

---
layout: two-cols
---

# Two

Left

::right::

Right

---

# Steps

<v-clicks>

- a
- b

</v-clicks>

\`\`\`ts {1|2-3|all}
let a
\`\`\`

<Tweet id="1" />

<<< @/snippets/x.ts

---
layout: statement
---

# Said
`;

  test('keeps layouts, columns, clicks, lit lines and notes, and says what it leaves', () => {
    const { deck, titles, pandoc, report } = present(SLIDEV, 'slidev');
    expect(titles).toEqual(['Boats', 'Two', 'Steps', 'Said']);
    expect(deck.stacks[0]).toContain('data-background-image="https://example.org/x.jpg"');
    expect(deck.stacks[0]).toContain('Hello.');
    expect(deck.stacks[1]?.match(/class="column"/g)).toHaveLength(2);
    expect(deck.stacks[2]).toContain('<li class="fragment">a</li>');
    expect(pandoc).toContain('```{.ts data-line-numbers="1|2-3|"}');
    expect(pandoc).toContain('```{file="snippets/x.ts"}');
    expect(pandoc).toContain('## Said {.statement}');
    expect(report).toEqual([
      'The theme "seriph" is left out: set theme: or css: for looks.',
      '<Tweet> has no counterpart: show its result as a picture, or write HTML.',
    ]);
  });
});

describe('a reveal-md deck', () => {
  const REVEAL = `---
title: Fish
theme: solarized
---

# Fish

---

## Swim
<!-- .slide: data-background="#234" class="deep" -->

- slowly <!-- .element: class="fragment" -->
- fast

Note: Breathe.
Twice.

----

## Below
`;

  test('keeps vertical slides in line, backgrounds, steps, theme and notes', () => {
    const { deck, titles, report } = present(REVEAL, 'reveal-md');
    expect(titles).toEqual(['Fish', 'Swim', 'Below']);
    expect(deck.look.theme).toBe('solarized');
    expect(deck.stacks[1]).toContain('data-background-color="#234"');
    expect(deck.stacks[1]).toContain('<span class="fragment">slowly</span>');
    expect(deck.stacks[1]).toContain('Breathe.');
    expect(deck.stacks[1]).toContain('Twice.');
    expect(report).toEqual([]);
  });

  test('is split where its own separators stand', () => {
    const text =
      '---\nseparator: <!--s-->\nverticalSeparator: <!--v-->\n---\n# A\n<!--s-->\n# B\n<!--v-->\n# C\n';
    expect(present(text, 'reveal-md').titles).toEqual(['A', 'B', 'C']);
  });
});

test('a deck is known by words that only its tool has; any other one is pandoc’s, and stays as it is', () => {
  expect(guessFormat('---\nmarp: true\n---\n\n# A\n')).toBe('marp');
  expect(guessFormat('---\ntheme: x\n---\n# A\n\n---\nlayout: center\n---\n# B\n')).toBe('slidev');
  expect(guessFormat('# A\n\n---\n\n<!-- .slide: class="a" -->\n')).toBe('reveal-md');
  const pandoc = '---\ntitle: A\n---\n\n# B\n\n::: notes\nc\n:::\n';
  expect(guessFormat(pandoc)).toBe('pandoc');
  expect(convertDeck(pandoc, 'pandoc').text).toBe(pandoc);
});

test.each(['marp', 'slidev', 'reveal-md'] as const)(
  'whatever stands in a %s deck, something is made of it',
  (format) => {
    const pieces = [
      '---',
      '',
      '```',
      '# A',
      '<!--',
      '-->',
      '::right::',
      '![bg](',
      '<v-clicks>',
      'Note:',
      'a: b',
      '* x',
      '----',
    ];
    for (let seed = 1; seed < 400; seed += 1) {
      const text = Array.from(
        { length: 14 },
        (_, index) => pieces[(seed * (index + 7) * 31 + index * seed) % pieces.length],
      );
      const { deck, pandoc, titles } = present(`# Begin\n\n${text.join('\n')}`, format);
      expect(titles[0], pandoc).toBe('Begin');
      expect(
        deck.diagnostics.filter(({ severity }) => severity === 'error'),
        pandoc,
      ).toEqual([]);
    }
  },
);

test('what only looks like a comment or a slot, in code, is left as it is', () => {
  const code = ['```html', '<!-- begin', '::left::', '```'];
  for (const format of ['marp', 'slidev', 'reveal-md'] as const) {
    const { pandoc } = present(['# A', '', ...code, '', '---', '', '# B'].join('\n'), format);
    expect(pandoc).toContain(code.join('\n'));
    expect(pandoc).not.toContain('-->');
  }
});
