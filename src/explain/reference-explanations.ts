import type { Explanation } from './explanation.ts';

/** What `check` says of what a deck names: files, links, footnotes, demos and recordings. */
export const REFERENCE_EXPLANATIONS: readonly Explanation[] = [
  {
    code: 'bad-layout',
    means:
      'The views of a panel can stand side by side (|) and above each other (/). What is written here is not such a layout.',
    wrong: '## A\n\n::: {.demo name="shop" views="(map | app"}\n:::',
    right: '## A\n\n::: {.demo name="shop" views="(map | app) / logs"}\n:::',
  },
  {
    code: 'broken-cast',
    means:
      'The file of this `.cast` panel is not a terminal recording that Deckhand can read. It reads asciicast version 1, 2 and 3.',
  },
  {
    code: 'broken-link',
    means: 'A link within the deck leads to the id of a slide or an element. No element has this one.',
    wrong: '## The end\n\n[Back](#the-beginning)',
    right: '## The end\n\n[Back](#the-end)',
  },
  {
    code: 'cast-without-file',
    means: 'A `.cast` panel plays a recording, and this one does not say which.',
    wrong: '## A\n\n::: cast\n:::',
    right: '## A\n\n::: {.cast src="img/shell.cast"}\n:::',
  },
  {
    code: 'demo-without-name',
    means: 'A `.demo` panel shows one of the demos, and this one does not say which.',
    wrong: '## A\n\n::: demo\n:::',
    right: '## A\n\n::: {.demo name="shop"}\n:::',
  },
  {
    code: 'doubtful-cast',
    means: 'Parts of this recording are broken. The rest of it plays.',
  },
  {
    code: 'duplicate-id',
    means: 'Two elements have the same id. Links lead to the first one only.',
    wrong: '## One {#a}\n\n## Two {#a}',
    right: '## One {#a}\n\n## Two {#b}',
  },
  {
    code: 'empty-target',
    means: 'A link or a picture needs an address in its round brackets.',
    wrong: '## A\n\n[the manual]()',
    right: '## A\n\n[the manual](https://example.org)',
  },
  {
    code: 'missing-file',
    means: 'There is no deck at this path. Paths count from the folder that you are in.',
  },
  {
    code: 'missing-footnote',
    means: 'The text refers to a footnote that is written nowhere.',
    wrong: '## A\n\nA claim[^source]',
    right: '## A\n\nA claim[^source]\n\n[^source]: Its source',
  },
  {
    code: 'missing-glyphs',
    means:
      'The fonts on this machine have no shape for some of these letters, so the PDF shows boxes. Install a font that has them, such as Noto.',
  },
  {
    code: 'missing-in-file',
    means:
      'A style sheet or a framed page that the deck uses names a file that is not there. What it styles or shows will be missing on the slide.',
  },
  {
    code: 'missing-link-target',
    means:
      'The link leads to a file that is not there. Paths count from the deck, or from the folder above it.',
  },
  {
    code: 'missing-picture',
    means:
      'The picture, video or sound is not there. Paths count from the deck, or from the folder above it.',
  },
  {
    code: 'missing-reference',
    means:
      'Square brackets with a name behind them are a link whose address is given elsewhere. Here it isn’t, so the brackets are shown as text.',
    wrong: '## A\n\n[the manual][docs]',
    right: '## A\n\n[the manual][docs]\n\n[docs]: https://example.org',
  },
  {
    code: 'not-handed-out',
    means:
      'The file is outside the folders that Deckhand serves: the deck’s own and the one above it. Copy it beside the deck.',
  },
  {
    code: 'unknown-command',
    means:
      'A step type:NAME types one of the demo’s commands, and x-demo.commands has none of that name. A slide never holds a command line itself.',
  },
  {
    code: 'unknown-demo',
    means:
      'A panel names a demo that is neither under `demos/` nor named in the YAML block, and has no `src`.',
  },
  {
    code: 'unknown-service',
    means: 'A step such as kill:db acts on a service, and the demo’s Compose file has none of that name.',
  },
  {
    code: 'unknown-step',
    means: 'A panel does not know this step. docs/demos.md lists them.',
    wrong: '## A\n\n::: {.demo name="shop" steps="explode"}\n:::',
    right: '## A\n\n::: {.demo name="shop" steps="start"}\n:::',
  },
  {
    code: 'unknown-view',
    means:
      'The demo has no such view. Most views must be listed under x-demo.views; map, logs and shell are always there.',
  },
  {
    code: 'unreadable-file',
    means: 'The file is there, and can’t be read: look at its permissions.',
  },
  {
    code: 'unused-footnote',
    means: 'Nothing refers to this footnote, so it is shown nowhere.',
    wrong: '## A\n\ntext\n\n[^a]: note',
    right: '## A\n\ntext[^a]\n\n[^a]: note',
  },
];
