import { describe, expect, test } from 'vitest';
import { compileDeck } from '../../src/deck/compile.ts';
import { htmlOf } from '../../src/deck/look.ts';

function deckWith(yaml: string): ReturnType<typeof compileDeck> {
  return compileDeck(`---\n${yaml}\n---\n\n## One\n`);
}

describe('the look of a deck', () => {
  test('is ours, and dark, when nothing is said', () => {
    const { look, diagnostics } = compileDeck('## One\n');
    expect(look).toEqual({
      theme: 'dark',
      projectorTheme: 'light',
      dir: '',
      fit: '',
      reveal: {},
      styles: '',
    });
    expect(diagnostics).toEqual([]);
  });

  test.each(['light', 'auto', 'solarized', 'white-contrast'])('theme: %s is taken without a word', (name) => {
    const { look, diagnostics } = deckWith(`theme: ${name}`);
    expect(look.theme).toBe(name);
    expect(diagnostics).toEqual([]);
  });

  test('highlight-style gives code pandoc’s colours, before the deck’s own style sheets; another name is a mistake', () => {
    const { look, diagnostics } = deckWith('highlight-style: breezeDark\ncss: my.css');
    expect(look.styles).toMatch(
      /^<style>\.reveal \.slides pre\{--code-block-ground:#232629;.*<\/style>\n<link .*my\.css">$/,
    );
    expect(diagnostics).toEqual([]);
    const unknown = deckWith('highlight-style: neon');
    expect(unknown.look.styles).toBe('');
    expect(unknown.diagnostics).toMatchObject([{ code: 'unknown-highlight-style', line: 2 }]);
  });

  test('a theme that nobody has is named with its line, and the talk looks like ours', () => {
    const { look, diagnostics } = deckWith('title: A\ntheme: solarised');
    expect(look.theme).toBe('dark');
    expect(diagnostics).toMatchObject([{ code: 'unknown-theme', severity: 'warning', line: 3 }]);
    expect(diagnostics[0]?.hint).toContain('solarized');
  });

  test.each(['theme: [a, b]', 'theme: {a: b}', 'theme: 3', 'theme: constructor'])(
    '%s is an unknown theme, and nothing worse',
    (yaml) => {
      expect(deckWith(yaml).diagnostics).toMatchObject([{ code: 'unknown-theme' }]);
    },
  );

  test('the theme for the projector is the opposite, or what theme-projector: says', () => {
    expect(deckWith('theme: sky').look.projectorTheme).toBe('dark');
    expect(deckWith('theme: sky\ntheme-projector: black').look.projectorTheme).toBe('black');
    expect(deckWith('theme-projector: blck').diagnostics).toMatchObject([{ code: 'unknown-theme', line: 2 }]);
  });

  test('style sheets are files of the deck, a theme: that is one too', () => {
    const { look, files } = deckWith('theme: own.css\ncss: [a.css, "b c.css"]');
    expect(look.styles.match(/href="[^"]+"/g)).toEqual(['href="own.css"', 'href="a.css"', 'href="b c.css"']);
    expect(files.map(({ path }) => path)).toEqual(['own.css', 'a.css', 'b c.css']);
  });

  test('of header-includes the styles count, and check says it of scripts only', () => {
    const styled = deckWith('header-includes: |\n  <style>h2 { color: red }</style>');
    expect(styled.look.styles).toBe('<style>h2 { color: red }</style>');
    expect(styled.diagnostics).toEqual([]);
    const scripted = deckWith('header-includes: |\n  <script>alert(1)</script>');
    expect(htmlOf(scripted)).not.toContain('alert');
    expect(scripted.diagnostics).toMatchObject([{ code: 'variable-without-effect' }]);
  });

  test("reveal.js is asked for what the YAML block says in reveal.js's words", () => {
    const { look, diagnostics } = deckWith(
      'transition: zoom\ncontrols: "false"\nslideNumber: h.v\ncenter: false\ndir: rtl\nrtl: true',
    );
    expect(look.reveal).toEqual({ transition: 'zoom', controls: false, slideNumber: 'h.v', rtl: true });
    expect([look.isCentred, look.dir]).toEqual([false, 'rtl']);
    expect(diagnostics).toEqual([]);
  });

  test('what can’t be had is named', () => {
    const { diagnostics } = deckWith('autoSlide: 5000');
    expect(diagnostics).toMatchObject([{ code: 'variable-without-effect' }]);
  });
});
