import { describe, expect, test } from 'vitest';
import { compileDeck } from '../../src/deck/compile.ts';
import { replaceFiles } from '../../src/site/file-references.ts';
import { namePictures } from '../../src/site/name-pictures.ts';
import { toLinkPreview, toPolicy } from '../../src/site/site-head.ts';

/** What a deck names, and its HTML with every name in capitals. */
function replaced(markdown: string): { names: string[]; html: string } {
  const names = new Set<string>();
  const html = replaceFiles(compileDeck(markdown).stacks.join('\n'), (reference) => {
    names.add(reference);
    return reference.toUpperCase();
  });
  return { names: [...names], html };
}

describe('the files that slides name', () => {
  test('are found in pictures, backgrounds, videos, frames and links', () => {
    const deck = `## One {background-image="a.png,b.png"}\n\n![](c.gif)\n\n<video src="d.mp4" poster="e.png"></video>\n\n[f](f.pdf#page=2)\n`;
    expect(replaced(deck).names).toEqual(['a.png', 'b.png', 'c.gif', 'd.mp4', 'e.png', 'f.pdf#page=2']);
    expect(replaced(deck).html).toContain('data-background-image="A.PNG,B.PNG"');
  });

  test('are not looked for in gradients, code and comments', () => {
    const deck =
      '## One {background-image="linear-gradient(red, blue)"}\n\n`<img src="x.png">`\n\n<!-- <img src="y.png"> -->\n';
    expect(replaced(deck).names).toEqual([]);
  });

  test('leave everything else of the HTML as it was', () => {
    const html = compileDeck('## One\n\n- a *b* `c < d`\n\n![x](y.png "t\\"u")\n').stacks.join('\n');
    expect(replaceFiles(html, () => undefined)).toBe(html);
  });
});

test('a picture that nobody described is named after its slide, others keep their words', () => {
  const html = namePictures(
    '<section><h2>A &amp; <em>B</em></h2><img data-src="x.png" /><img alt="" src="y.png"></section>',
  );
  expect(html).toContain('<img alt="Picture: A &amp; B" data-src="x.png" />');
  expect(html).toContain('<img alt="" src="y.png">');
});

describe('the policy of a published page', () => {
  const policy = toPolicy({ inline: ['start()'], remotes: ['https://pictures.example'], isWhole: false });

  test('lets run only its own scripts and the one that stands in the page', () => {
    const [scripts = ''] = policy.split('; ').filter((part) => part.startsWith('script-src'));
    expect(scripts).toMatch(/^script-src 'self' 'sha256-[\w+/]+=*'$/);
  });

  test('asks no other host but those that the deck shows something from', () => {
    expect(policy).toContain("img-src 'self' data: blob: https://pictures.example");
    expect(policy).toContain("connect-src 'none'");
    expect(policy.replaceAll('https://pictures.example', '')).not.toContain('http');
  });
});

test('a link preview has an absolute picture when the deck says where it will be', () => {
  const deck = compileDeck('---\ntitle: T & U\ndescription: "<b>"\n---\n\n## One\n');
  const lines = toLinkPreview(deck, 'https://host.example/talk/', true).join('\n');
  expect(lines).toContain('<meta property="og:image" content="https://host.example/talk/preview.png">');
  expect(lines).toContain('<meta property="og:title" content="T &amp; U">');
  expect(lines).toContain('<meta name="description" content="&lt;b&gt;">');
});
