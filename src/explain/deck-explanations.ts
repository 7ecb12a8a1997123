import type { Explanation } from './explanation.ts';

/** What `check` says of a deck. Examples are Markdown; each is compiled in a test, with its fix. */
export const DECK_EXPLANATIONS: readonly Explanation[] = [
  {
    code: 'attributes-are-text',
    means:
      'Braces hold attributes only when each word is .class, #id or key=value. Otherwise pandoc shows the braces as text.',
    wrong: '## Title {.center data-trim}',
    right: '## Title {.center data-trim="true"}',
  },
  {
    code: 'attributes-nowhere',
    means: 'Attributes belong to what is right before them. Behind plain text they are shown as they are.',
    wrong: '## A\n\nSome words {.big}',
    right: '## A\n\n[Some words]{.big}',
  },
  {
    code: 'bad-math',
    means:
      'KaTeX, which sets the formulas, does not know this TeX. The slide shows the formula as you wrote it.',
    wrong: '## A\n\n$\\frac{1}{$',
    right: '## A\n\n$\\frac{1}{2}$',
  },
  {
    code: 'bad-slide-level',
    means: '`slide-level` says which headings begin a slide, as in pandoc.',
    wrong: '---\nslide-level: two\n---\n\n## A',
    right: '---\nslide-level: 2\n---\n\n## A',
  },
  {
    code: 'bad-time',
    means: 'The speaker view plans the talk by these times, so they must be durations.',
    wrong: '---\nduration: long\n---\n\n## A',
    right: '---\nduration: 45m\n---\n\n## A',
  },
  {
    code: 'bad-yaml',
    means:
      'The block between the two lines of --- at the top of the deck is YAML, and this one is broken. Usually a value needs quotes.',
    wrong: '---\ntitle: Docker: why?\n---\n\n## A',
    right: '---\ntitle: "Docker: why?"\n---\n\n## A',
  },
  {
    code: 'code-differs',
    means:
      'A fence with `file=` shows that file. pandoc, and everyone who reads the deck’s text, sees what is in the fence, so the two should be the same.',
  },
  {
    code: 'code-file-missing',
    means:
      'A fence with `file=` shows that file. It is looked for as pictures are: from the deck’s folder, then from the one above. Private files, whose names start with a dot, are never shown.',
  },
  {
    code: 'code-lines-missing',
    means: '`lines=` says which lines of the file a fence shows: 10-20, 10- or 10, and several with commas.',
  },
  {
    code: 'code-too-wide',
    means:
      'A line of code is wider than its slide, so its end is cut off or has to be scrolled to. `check --layout` measures this in a browser. Break the line, or show less of it.',
  },
  {
    code: 'empty-deck',
    means: 'The file has no slide. A slide begins with a heading.',
    wrong: '   ',
    right: '## Hello',
  },
  {
    code: 'extra-div-end',
    means: 'A line of colons closes the div above it. Here no div is open.',
    wrong: '## A\n\ntext\n\n:::',
    right: '## A\n\n::: box\ntext\n:::',
  },
  {
    code: 'heading-needs-space',
    means: 'As in pandoc, a heading needs a space after its hashes.',
    wrong: '##Title',
    right: '## Title',
  },
  {
    code: 'lost-notes',
    means: 'Speaker notes belong in a div. Attributes on other things don’t hide them from the audience.',
    wrong: '## A\n\nSay hello {.notes}',
    right: '## A\n\n::: notes\nSay hello\n:::',
  },
  {
    code: 'no-blank-line',
    means:
      'As in pandoc, lists, headings and fences need a blank line above them. Without one they are words of the paragraph.',
    wrong: '## A\n\nBuy:\n- bread\n- milk',
    right: '## A\n\nBuy:\n\n- bread\n- milk',
  },
  {
    code: 'no-interpreter',
    means:
      'A code block with `.run` goes to the program that its demo names for the language: `x-demo: {run: {sql: psql}}`. Shell, Python, JavaScript, Ruby, Perl and PHP need no word.',
  },
  {
    code: 'not-embedded',
    means: 'For safety Deckhand shows no plug-ins and no forms of a deck.',
    wrong: '## A\n\n<object data="a.swf"></object>',
    right: '## A\n\n<video src="a.mp4"></video>',
  },
  {
    code: 'not-utf8',
    means: 'The deck must be UTF-8. Some editors save in an older encoding; look for “Save with encoding”.',
  },
  {
    code: 'notes-not-shown',
    means: 'Notes in an attribute belong to a slide’s heading or to a step.',
    wrong: '## A\n\n::: {.box data-notes="hello"}\ntext\n:::',
    right: '## A {data-notes="hello"}\n\ntext',
  },
  {
    code: 'notes-twice',
    means:
      'A slide has notes in its heading’s attribute and in a div. The speaker view shows those of the div only.',
    wrong: '## A {data-notes="one"}\n\n::: notes\ntwo\n:::',
    right: '## A\n\n::: notes\none, two\n:::',
  },
  {
    code: 'pause-before-notes',
    means: 'A pause makes a step of what follows. Notes are not on the slide, so the press would do nothing.',
    wrong: '## A\n\ntext\n\n. . .\n\n::: notes\nhello\n:::',
    right: '## A\n\ntext\n\n::: notes\nhello\n:::',
  },
  {
    code: 'picture-without-text',
    means:
      'People who can’t see the picture get its alternative text, and it shows when the picture does not load.',
    wrong: '## A\n\n![](ship.png)',
    right: '## A\n\n![A ship full of containers](ship.png)',
  },
  {
    code: 'plays-at-once',
    means: 'The browser would play this as soon as the page loads, long before its slide is shown.',
    wrong: '## A\n\n<video src="a.mp4" autoplay></video>',
    right: '## A\n\n<video src="a.mp4" data-autoplay></video>',
  },
  {
    code: 'run-without-demo',
    means:
      'Code with `.run` runs in a container of a demo, never on your laptop itself, so it must name the demo.',
    wrong: '## A\n\n```{.bash .run}\nls\n```',
    right: '## A\n\n```{.bash .run demo="shop"}\nls\n```',
  },
  {
    code: 'script-does-not-run',
    means: 'A deck can come from anybody, so its scripts and handlers never run.',
    wrong: '## A\n\n<script>alert(1)</script>',
    right: '## A\n\n![The result](result.png)',
  },
  {
    code: 'slide-in-div',
    means:
      'reveal.js needs slides beside each other. A heading inside a div would begin a slide within another one.',
    wrong: '::: box\n\n## A\n\n## B\n\n:::',
    right: '## A\n\n::: box\ntext\n:::\n\n## B\n\ntext',
  },
  {
    code: 'slide-overflows',
    means:
      'The slide is taller than the screen, so its last lines can’t be seen. `check --layout` measures this in a browser. Take something out, or make two slides of it.',
  },
  {
    code: 'slide-shrunk',
    means:
      'The deck or the slide says fit: shrink, and its content is higher than the screen. `check --layout` measures this in a browser.',
  },
  {
    code: 'slide-too-wide',
    means: 'Something on the slide is wider than the screen. `check --layout` measures this in a browser.',
  },
  {
    code: 'slide-without-title',
    means:
      'A screen reader announces a slide by its heading, and the overview and the speaker view list it by that.',
    wrong: '---\n\ntext',
    right: '## Title {.visually-hidden}\n\ntext',
  },
  {
    code: 'table-too-wide',
    means:
      'The table is wider than its slide. `check --layout` measures this in a browser. Leave out a column, or shorten its text.',
  },
  {
    code: 'too-big',
    means: 'A deck is text. Pictures that are written into it as data: addresses belong in files.',
  },
  {
    code: 'too-deep',
    means: 'So many levels of quotes, lists or divs are a mistake, or meant to hang the program.',
  },
  {
    code: 'unclosed-div',
    means: 'A div continues until its closing line. Without one, all later slides are inside it.',
    wrong: '## A\n\n::: box\ntext\n\n## B',
    right: '## A\n\n::: box\ntext\n:::\n\n## B',
  },
  {
    code: 'unclosed-fence',
    means:
      'A code block continues until a line with the same marks. Without one it is no code block for pandoc.',
    wrong: '## A\n\n```python\nprint(1)',
    right: '## A\n\n```python\nprint(1)\n```',
  },
  {
    code: 'unknown-highlight-style',
    means:
      'highlight-style: names one of pandoc’s eight styles for code. Colours of your own go into a style sheet that css: names.',
    wrong: '---\nhighlight-style: neon\n---\n\n## A',
    right: '---\nhighlight-style: zenburn\n---\n\n## A',
  },
  {
    code: 'unknown-theme',
    means: 'theme: names a theme of Deckhand, one of reveal.js’s own, or a CSS file beside the deck.',
    wrong: '---\ntheme: solarised\n---\n\n## A',
    right: '---\ntheme: solarized\n---\n\n## A',
  },
  {
    code: 'variable-without-effect',
    means: 'pandoc’s template knows this variable. Deckhand has a page of its own and does not.',
    wrong: '---\nshuffle: true\n---\n\n## A',
    right: '---\ntitle: A\n---\n\n## A',
  },
  {
    code: 'yaml-not-mapping',
    means:
      'A line of --- with text right under it opens a YAML block in pandoc. Its text is settings, not a slide.',
    wrong: '## A\n\n---\nnext slide\n---\n',
    right: '## A\n\n---\n\nnext slide\n',
  },
];
