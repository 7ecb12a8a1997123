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
 * blocks that show. Headings have their ids then, example lists their numbers. What stays the same is not copied.
 */
export function analyze(facts: DeckFacts, blocks: Block[]): Block[] {
  let shown: Block[] | undefined;
  for (const [index, block] of blocks.entries()) {
    const after = isDefinition(block) ? learn(facts, block) : analyzeBlock(facts, block);
    if (shown === undefined && after !== block) shown = blocks.slice(0, index);
    if (after !== undefined) shown?.push(after);
  }
  return shown ?? blocks;
}

/** Of each list in a list; the same one when nothing changed. */
function analyzeAll(facts: DeckFacts, lists: Block[][]): Block[][] {
  const after = lists.map((blocks) => analyze(facts, blocks));
  return after.every((blocks, index) => blocks === lists[index]) ? lists : after;
}

/** The first definition of a name holds. */
function learn(facts: DeckFacts, definition: Definition): undefined {
  switch (definition.type) {
    case 'noteDefinition': {
      const { label, line } = definition;
      const blocks = analyze(facts, definition.tokens);
      if (!facts.notes.has(label)) facts.notes.set(label, { blocks, line, used: 0 });
      break;
    }
    case 'referenceDefinition':
      if (!facts.references.has(definition.key)) facts.references.set(definition.key, definition.target);
      break;
    case 'metadata':
      facts.meta = { ...definition.fields, ...facts.meta };
  }
  return undefined;
}

function analyzeBlock(facts: DeckFacts, block: Block): Block {
  switch (block.type) {
    case 'heading':
      return withId(facts, block);
    case 'bulletList': {
      const items = analyzeAll(facts, block.items);
      return items === block.items ? block : { ...block, items };
    }
    case 'orderedList':
      return numbered(facts, block);
    case 'definitionList': {
      const entries = block.entries.map(({ term, bodies }) => ({ term, bodies: analyzeAll(facts, bodies) }));
      return { ...block, entries };
    }
    case 'table': {
      const rows = (cells: Cell[][]) =>
        cells.map((row) => row.map((cell) => withBlocks(cell, analyze(facts, cell.blocks))));
      return { ...block, head: rows(block.head), body: rows(block.body), foot: rows(block.foot) };
    }
    case 'quote':
    case 'div':
    case 'blocks': {
      const tokens = analyze(facts, block.tokens);
      return tokens === block.tokens ? block : { ...block, tokens };
    }
    default:
      return block;
  }
}

function withBlocks(cell: Cell, blocks: Block[]): Cell {
  return blocks === cell.blocks ? cell : { ...cell, blocks };
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
  if (labels === undefined) {
    const after = analyzeAll(facts, items);
    return after === items ? list : { ...list, items: after };
  }
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
