/**
 * What the parser makes of a deck: marked tokens, one type per construct, with pandoc's block and inline kinds.
 * `raw` is the source text that a token consumed (marked moves on by its length); made-up tokens have an empty one.
 */

/** Identifier, classes and the other attributes, in the order they were written. */
export interface Attr {
  id: string;
  classes: string[];
  pairs: [key: string, value: string][];
}

type Node<T extends string, Fields = unknown> = { type: T; raw: string } & Fields;
type Content = { tokens: Inline[] };
type Body = { tokens: Block[] };
/** Where a token starts in the source, counted from 1. */
type Place = { line: number; column: number };

export type Str = Node<'str', { text: string }>;
export type Space = Node<'space'>;
export type SoftBreak = Node<'softBreak'>;
export type LineBreak = Node<'lineBreak'>;
export type Emphasis = Node<'emphasis' | 'strong', Content>;
export type Strikeout = Node<'strikeout', Content>;
export type Script = Node<'superscript' | 'subscript', Content>;
export type Quoted = Node<'quoted', Content & { double: boolean }>;
export type CodeSpan = Node<'codeSpan', { text: string; attr: Attr }>;
export type Maths = Node<'math', { tex: string; display: boolean } & Place>;
export type RawInline = Node<'rawInline', { html: string } & Place>;
export type Link = Node<'link', Content & { attr: Attr; href: string; title: string } & Place>;
export type Image = Node<'image', Content & { attr: Attr; src: string; title: string } & Place>;
export type Span = Node<'span', Content & { attr: Attr }>;
/** With a `link`, what stands in brackets behind the key is one, if the deck defines its `key`. */
export type Cite = Node<'cite', Content & { keys: string[]; link?: { key: string; tokens: Inline[] } }>;
export type InlineNote = Node<'note', Body>;
export type NoteReference = Node<'noteReference', { label: string } & Place>;
/** `@label`: an example's number if there is such an example, else a citation. */
export type ExampleReference = Node<'exampleReference', { label: string; fallback: Inline[] }>;
/**
 * `[text][key]`, `[key][]`, `[key]`: known to be a link only when the whole deck has been read. `tokens` is the link's text, in which
 * no other link stands; `fallback` is what is shown when it is none, brackets and all.
 */
export type Reference = Node<
  'reference',
  {
    image: boolean;
    tokens: Inline[];
    key: string;
    fallback: Inline[];
    label: string;
    paired: boolean;
  } & Place
>;
/** Several inlines that one stretch of source stands for, without an element of their own. */
export type Group = Node<'group', Content>;
/** Several blocks of one stretch of source. */
export type Blocks = Node<'blocks', Body>;

export type Inline =
  | Str
  | Space
  | SoftBreak
  | LineBreak
  | Emphasis
  | Strikeout
  | Script
  | Quoted
  | CodeSpan
  | Maths
  | RawInline
  | Link
  | Image
  | Span
  | Cite
  | InlineNote
  | NoteReference
  | ExampleReference
  | Reference
  | Group;

/** A block without output: blank lines. */
export type Nothing = Node<'nothing'>;
/** `[^label]: text`. */
export type NoteDefinition = Node<'noteDefinition', Body & { label: string; line: number }>;
/** `[key]: address`. */
export type ReferenceDefinition = Node<'referenceDefinition', { key: string; target: LinkTarget }>;
/** A YAML block. */
export type Metadata = Node<'metadata', { fields: Record<string, unknown> }>;
/** Says something about the deck and shows nothing: `analyze` takes it out. */
export type Definition = NoteDefinition | ReferenceDefinition | Metadata;

/** Where a reference leads. */
export interface LinkTarget {
  href: string;
  title: string;
  attr: Attr;
}

/** `plain` is a paragraph without blank lines around it, as in a tight list: no `<p>`. */
export type Paragraph = Node<'paragraph' | 'plain', Content & { line: number }>;
/** `key` is its text as a link would write it: `[Its text]`. It has an id once the deck is analyzed. */
export type Heading = Node<'heading', Content & { level: number; attr: Attr; key: string } & Place>;
export type Rule = Node<'rule', { line: number }>;
export type Code = Node<'code', { text: string; attr: Attr } & Place>;
export type Quote = Node<'quote', Body>;
export type BulletList = Node<'bulletList', { items: Block[][] }>;
export type OrderedList = Node<
  'orderedList',
  {
    items: Block[][];
    start: number;
    style: ListStyle;
    /** Of an example list `(@good)`: the label of each item, '' for none. Its `start` is known once the deck is analyzed. */
    labels?: string[];
  }
>;
export type DefinitionList = Node<'definitionList', { entries: { term: Inline[]; bodies: Block[][] }[] }>;
export type Div = Node<'div', Body & { attr: Attr } & Place>;
export type RawBlock = Node<'rawBlock', { html: string } & Place>;
export type LineBlock = Node<'lineBlock', { lines: Inline[][] }>;
export type Figure = Node<'figure', { image: Image; line: number }>;
export type Table = Node<'table', TableFields>;
/** A slide, or a part of one: what a heading opens. */
export type Section = Node<
  'section',
  Body & {
    attr: Attr;
    heading: Heading;
    untitled: boolean;
    /** Of a stack whose title slide is hidden. */
    hasNoTitleSlide?: boolean;
    line: number;
    endLine: number;
  }
>;

export type ListStyle = 'decimal' | 'lower-alpha' | 'upper-alpha' | 'lower-roman' | 'upper-roman' | 'default';
export type Alignment = 'left' | 'right' | 'center' | 'default';

export interface Cell {
  blocks: Block[];
  columns: number;
  rows: number;
}

export interface TableFields {
  attr: Attr;
  caption: Inline[];
  alignments: Alignment[];
  /** Relative widths, empty when the table has none. */
  widths: number[];
  head: Cell[][];
  body: Cell[][];
  foot: Cell[][];
}

export type Block =
  | Nothing
  | Paragraph
  | Heading
  | Rule
  | Code
  | Quote
  | BulletList
  | OrderedList
  | DefinitionList
  | Div
  | RawBlock
  | LineBlock
  | Figure
  | Table
  | Section
  | Blocks
  | Definition;

export type AnyToken = Block | Inline;

const BLOCKS: Record<Block['type'], true> = {
  nothing: true,
  paragraph: true,
  plain: true,
  heading: true,
  rule: true,
  code: true,
  quote: true,
  bulletList: true,
  orderedList: true,
  definitionList: true,
  div: true,
  rawBlock: true,
  lineBlock: true,
  figure: true,
  table: true,
  section: true,
  blocks: true,
  noteDefinition: true,
  referenceDefinition: true,
  metadata: true,
};
const INLINES: Record<Inline['type'], true> = {
  str: true,
  space: true,
  softBreak: true,
  lineBreak: true,
  emphasis: true,
  strong: true,
  strikeout: true,
  superscript: true,
  subscript: true,
  quoted: true,
  codeSpan: true,
  math: true,
  rawInline: true,
  link: true,
  image: true,
  span: true,
  cite: true,
  note: true,
  noteReference: true,
  exampleReference: true,
  reference: true,
  group: true,
};

/** marked's word for a token is any object with a type: this says that it is one of our blocks. */
export function isBlock(token: { type: string }): token is Block {
  return Object.hasOwn(BLOCKS, token.type);
}

export function isInline(token: { type: string }): token is Inline {
  return Object.hasOwn(INLINES, token.type);
}

export function isDefinition(block: Block): block is Definition {
  const { type } = block;
  return type === 'noteDefinition' || type === 'referenceDefinition' || type === 'metadata';
}

export function emptyAttr(): Attr {
  return { id: '', classes: [], pairs: [] };
}

export function attrValue(attr: Attr, key: string): string | undefined {
  return attr.pairs.find(([name]) => name === key)?.[1];
}

export function str(text: string): Str {
  return { type: 'str', raw: '', text };
}
