import type { Block, Cell, Definition, Heading, OrderedList } from './ast.ts';
import { isDefinition } from './ast.ts';
import type { DeckFacts } from './compilation.ts';
import { headingId } from './heading-id.ts';

export function noFacts(): DeckFacts {
  return {
    slideLevel: 2,
    meta: {},
    percentTitle: {},
    references: new Map(),
    headingKeys: new Map(),
    ids: new Map(),
    notes: new Map(),
    examples: new Map(),
    exampleCount: 0,
  };
}

/**
 * One walk over what was read, in the order of the source: notes down in `facts` what the deck says about itself, and returns the
 * blocks that show. Headings have their ids then, example lists their numbers.
 */
export function analyze(facts: DeckFacts, blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => {
    if (!isDefinition(block)) return [analyzeBlock(facts, block)];
    learn(facts, block);
    return [];
  });
}

/** The first definition of a name holds. */
function learn(facts: DeckFacts, definition: Definition): void {
  switch (definition.type) {
    case 'noteDefinition': {
      const { label, line } = definition;
      const blocks = analyze(facts, definition.tokens);
      if (!facts.notes.has(label)) facts.notes.set(label, { blocks, line, used: 0 });
      return;
    }
    case 'referenceDefinition':
      if (!facts.references.has(definition.key)) facts.references.set(definition.key, definition.target);
      return;
    case 'metadata':
      facts.meta = { ...definition.fields, ...facts.meta };
  }
}

function analyzeBlock(facts: DeckFacts, block: Block): Block {
  switch (block.type) {
    case 'heading':
      return withId(facts, block);
    case 'bulletList':
      return { ...block, items: block.items.map((item) => analyze(facts, item)) };
    case 'orderedList':
      return numbered(facts, block);
    case 'definitionList': {
      const entries = block.entries.map(({ term, bodies }) => ({
        term,
        bodies: bodies.map((body) => analyze(facts, body)),
      }));
      return { ...block, entries };
    }
    case 'table': {
      const rows = (cells: Cell[][]) =>
        cells.map((row) => row.map((cell) => ({ ...cell, blocks: analyze(facts, cell.blocks) })));
      return { ...block, head: rows(block.head), body: rows(block.body), foot: rows(block.foot) };
    }
    case 'quote':
    case 'div':
    case 'blocks':
      return { ...block, tokens: analyze(facts, block.tokens) };
    default:
      return block;
  }
}

function withId(facts: DeckFacts, heading: Heading): Heading {
  const id = headingId(facts.ids, heading.attr, heading.tokens);
  const { key } = heading;
  if (key !== '' && !facts.headingKeys.has(key)) facts.headingKeys.set(key, id);
  return { ...heading, attr: { ...heading.attr, id } };
}

/** Examples are counted through the deck; one whose label is taken keeps that number, and takes no new one. */
function numbered(facts: DeckFacts, list: OrderedList): OrderedList {
  const { labels, items } = list;
  if (labels === undefined) return { ...list, items: items.map((item) => analyze(facts, item)) };
  const start = facts.examples.get(labels[0] ?? '') ?? facts.exampleCount + 1;
  const shown = items.map((item, index) => {
    const label = labels[index] ?? '';
    if (!facts.examples.has(label)) {
      facts.exampleCount += 1;
      if (label !== '') facts.examples.set(label, facts.exampleCount);
    }
    return analyze(facts, item);
  });
  return { ...list, start, items: shown };
}
