import { CODE_STYLE_NAMES } from './code-styles.ts';
import { REVEAL_OPTIONS } from './look.ts';
import { THEMES } from './themes.ts';

const text = (description: string) => ({ type: 'string', description });
const texts = (description: string) => ({
  description,
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
});

/** JSON Schema of a deck's YAML block: what Deckhand heeds in it. Other keys are fine, and have no effect here. */
export function deckSchema(): object {
  const theme = { enum: Object.keys(THEMES) };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: "A Deckhand talk's YAML block",
    type: 'object',
    properties: {
      title: text('The talk’s title: it gets a slide of its own.'),
      subtitle: text('Below the title.'),
      author: texts('Who speaks; several in a list.'),
      institute: texts('Where they are from.'),
      date: text('When.'),
      description: text('What the talk is about, for links to its published pages.'),
      lang: text('The talk’s language, such as en or pt-BR.'),
      dir: { enum: ['ltr', 'rtl'], description: 'Which way it is written.' },
      duration: text('How long the talk may take, such as 45m: the speaker view plans by it.'),
      theme: {
        description: 'How it looks: a name, or a CSS file.',
        anyOf: [theme, { type: 'string', pattern: '\\.css$' }],
      },
      'theme-projector': { ...theme, description: 'What the key Y switches to.' },
      'highlight-style': { enum: CODE_STYLE_NAMES, description: 'The colours of code.' },
      css: texts('Style sheets of your own, beside the deck.'),
      'header-includes': texts('Styles, and TeX definitions for formulas.'),
      fit: { enum: ['shrink'], description: 'Draws slides that are too high smaller.' },
      center: { type: 'boolean', description: 'Centres every slide, or starts each at its top.' },
      toc: { type: 'boolean', description: 'Begins with a slide of contents.' },
      'toc-title': text('What that slide is called.'),
      'toc-depth': { type: 'integer', minimum: 1, maximum: 6, description: 'Down to which heading it goes.' },
      'number-sections': { type: 'boolean', description: 'Puts numbers before titles: 2 and 2.1.' },
      'slide-level': {
        type: 'integer',
        minimum: 1,
        maximum: 6,
        description: 'Which headings begin a slide.',
      },
      'title-slide-attributes': { type: 'object', description: 'data-background-… of the title slide.' },
      demos: {
        type: 'object',
        description: 'Folders of Compose projects, by the names that slides use.',
        additionalProperties: { type: 'string' },
      },
      site: text('Where the talk is published: the PDF links to it.'),
      ...Object.fromEntries(REVEAL_OPTIONS.map((name) => [name, { description: 'As reveal.js has it.' }])),
    },
  };
}
