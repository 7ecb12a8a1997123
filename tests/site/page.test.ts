import { describe, expect, test } from 'vitest';
import { compileDeck } from '../../src/deck/compile.ts';
import type { Deck } from '../../src/deck/deck.ts';
import { escapeHtml } from '../../src/site/escape-html.ts';
import type { EntryAssets } from '../../src/site/assets.ts';
import { toDeckPage, toSpeakerPage } from '../../src/site/page.ts';
import type { PageData } from '../../src/stage/page-data.ts';

const ASSETS: EntryAssets = {
  boot: 'boot()',
  script: '/assets/main-1.js',
  styles: ['/assets/main-1.css'],
  preload: ['/assets/lit-1.js'],
  themes: {},
  mathStyle: '/assets/math-1.css',
};
const EVIL = '</script><script>alert(1)</script><!--<script>';

function dataWith(title: string): PageData {
  const demo = {
    name: 'django',
    title,
    views: [],
    sources: [{ service: 'web', file: 'Dockerfile', text: title }],
    canRun: true,
  };
  return { token: 'abc', instance: 'i', deckVersion: 1, demos: [demo], mode: 'live' };
}

function page(parts: Partial<Deck> = {}, title = 'Django'): string {
  return toDeckPage({ ...compileDeck('# One\n\n# Two\n'), ...parts }, ASSETS, dataWith(title));
}

/** What a browser takes for the page's data: everything up to the first end of a script element. */
function dataIn(html: string): unknown {
  const [, rest = ''] = html.split('<script type="application/json" id="page-data">');
  return JSON.parse(rest.slice(0, rest.search(/<\/script/i)));
}

describe('the page of a deck', () => {
  test('is written from right to left if the deck says so; the speaker view, in English, is not', () => {
    const deck = compileDeck('---\ndir: rtl\n---\n\n# One\n');
    expect(toDeckPage(deck, ASSETS, dataWith('x'))).toContain('dir="rtl"');
    expect(toSpeakerPage(deck, ASSETS, dataWith('x'))).not.toContain('dir="rtl"');
  });

  test('has its slides in the HTML, so that the first one paints before any script has run', () => {
    const deck = compileDeck('# One\n\n# Two\n');
    expect(page()).toContain(deck.stacks.join('\n'));
  });

  test('holds data that cannot end the script element that it stands in', () => {
    const html = page({}, EVIL);
    expect(dataIn(html)).toEqual(dataWith(EVIL));
    expect(html).not.toContain('<script>alert');
    expect(html.match(/<script/gi)).toHaveLength(2);
  });

  test('shows titles, authors and languages as text, whatever they are', () => {
    const evil = '"><img src=x onerror=alert(1)>&amp;';
    const html = page({ title: `</title>${evil}`, authors: [evil, 'B'], lang: evil });
    expect(html).toContain(`<title>${escapeHtml(`</title>${evil}`)}</title>`);
    expect(html).toContain(`<meta name="author" content="${escapeHtml(evil)}, B">`);
    expect(html).toContain(`<html lang="${escapeHtml(evil)}"`);
    expect(html).not.toContain('<img');
  });

  test('has a title when the deck has none', () => {
    expect(page({ title: '' })).toContain('<title>Deckhand</title>');
  });

  test('asks for the style sheet of math only when there is math', () => {
    expect(page({ hasMath: false })).not.toMatch(/<link[^>]*math-1\.css/);
    expect(page({ hasMath: true })).toContain('<link rel="stylesheet" href="/assets/math-1.css">');
  });

  test('asks nothing of another machine', () => {
    expect(page()).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });
});

describe('the speaker view', () => {
  test('has the slides in a template, where no picture loads and no script runs', () => {
    const html = toSpeakerPage(
      compileDeck('# One\n\n::: notes\nSay hello\n:::\n'),
      ASSETS,
      dataWith('Django'),
    );
    const [, template = ''] = /<template id="deck">([\s\S]*?)<\/template>/.exec(html) ?? [];
    expect(template).toContain('Say hello');
    expect(html.replace(template, '')).not.toContain('Say hello');
    expect(html).toContain('<title>Speaker: ');
  });
});

describe('text as HTML', () => {
  test('has no character left that means something', () => {
    expect(escapeHtml(`<a href="x">&'</a>`)).toBe("&lt;a href=&quot;x&quot;&gt;&amp;'&lt;/a&gt;");
  });
});
