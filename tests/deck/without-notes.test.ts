import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { compileDeck } from '../../src/deck/compile.ts';
import { withoutNotes } from '../../src/deck/without-notes.ts';

function shown(markdown: string): string {
  return withoutNotes(compileDeck(markdown).stacks.join('\n'));
}

describe('the deck as the audience gets it', () => {
  test('has no notes, however they were written', () => {
    const ways = [
      '::: notes\nSECRET\n:::',
      '::: {.notes}\nbefore\n\n- SECRET\n:::',
      '<aside class="notes">SECRET <em>word</em></aside>',
      '<aside class="x notes y"><aside>inner</aside>SECRET</aside>',
      '```{=html}\n<aside class="notes" @odd>SECRET</aside>\n```',
      '```{=html}\n<aside class="notes">SECRET\n```',
      '<!-- SECRET -->',
      '```{=html}\n<!-- SECRET -->\n```',
    ];
    for (const way of ways) {
      const html = shown(`## One\n\nBefore.\n\n${way}\n\n## Two\n\nAfter.\n`);
      expect(html, way).not.toContain('SECRET');
      expect(html, way).toContain('Before.');
      expect(html, way).toContain('After.');
    }
  });

  test('has neither notes nor planned times in attributes, and every other attribute as it was', () => {
    const html = shown(
      '## One {data-notes="SECRET" time="3m" data-background-color="#123" .wide}\n\nText.\n',
    );
    expect(html).not.toMatch(/SECRET|3m/);
    expect(html).toContain('data-background-color="#123"');
    expect(html).toContain('wide');
  });

  test('is otherwise the deck, letter by letter', async () => {
    const html = compileDeck(
      '## One\n\na < b, `x<y`, **c**\n\n. . .\n\n![p](img/p.png){width=50%}\n',
    ).stacks.join();
    expect(withoutNotes(html)).toBe(html);
  });

  test('of the talk says nothing of what its notes say', async () => {
    const talk = await readFile(new URL('../../slides/talk.md', import.meta.url), 'utf8');
    const html = shown(talk);
    expect(compileDeck(talk).stacks.join()).toContain('class="notes"');
    expect(html).not.toContain('notes');
    expect(html.match(/<section/g)?.length).toBe(
      compileDeck(talk)
        .stacks.join()
        .match(/<section/g)?.length,
    );
  });
});
