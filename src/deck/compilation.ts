import type { Lexer, Parser } from 'marked';

import type { Block, Inline, LinkTarget } from './ast.ts';
import type { CodeColour } from './html/code-colour.ts';
import type { LanguageNames } from './html/code-languages.ts';
import type { CompileOptions, Diagnostic } from './deck.ts';
import type { SourceMap } from './text/source.ts';
import type { TexMacros } from './syntax/math/tex-macros.ts';
import type { Unclosed } from './text/unclosed.ts';

/** What a tokenizer must know about where it stands: pandoc's parser state, saved and restored by the containers. */
export interface ParseState {
  /** Line in the source (from 1) at which the next block starts. */
  line: number;
  /** How many containers deep. */
  depth: number;
  inlineDepth: number;
  /** Inside a list item a marker at a line's start ends the paragraph. */
  inListItem: boolean;
  /** How many `:::` are open. */
  divLevel: number;
  /** The raw HTML block tag whose end ends the paragraph, or ''. */
  htmlBlock: string;
  inNote: boolean;
  inLink: boolean;
  quotes: 'none' | 'single' | 'double';
  /** Characters left in the run when the last word ended: a quote mark there is no opening one. */
  wordEnd: number;
  /** The text of the current run of inlines, and the line it starts in. */
  runText: string;
  runLine: number;
  /** What the run was cut from: a fence in it may be closed behind the run's end. '' for text in brackets. */
  runSource: string;
  /** What is left of the current run's budget: every inline that is tried costs one. */
  fuel: number;
  /** Closing marks that the text of this container, or of this run, does not have. */
  unclosed: Unclosed;
}

/** What reading needs: text in, tokens out. Only a peek takes back what is noted here. */
export interface Reading {
  options: CompileOptions;
  source: SourceMap;
  state: ParseState;
  lexer: Lexer;
  diagnostics: Diagnostic[];
  /** Definitions for formulas hold from where they stand. */
  macros: TexMacros;
}

/** What the deck says about itself, all of it: known once everything is read. */
export interface DeckFacts {
  slideLevel: number;
  /** The YAML blocks, first key wins. */
  meta: Record<string, unknown>;
  /** A `%` title block: it wins over them. */
  percentTitle: PercentTitle;
  references: Map<string, LinkTarget>;
  /** `[Heading text]` links: normalized text to id. */
  headingKeys: Map<string, string>;
  ids: Map<string, number>;
  notes: Map<string, { blocks: Block[]; line: number; used: number }>;
  examples: Map<string, number>;
  exampleCount: number;
}

/** Title, authors and date, already inlines. */
export interface PercentTitle {
  title?: Inline[];
  authors?: Inline[][];
  date?: Inline[];
}

/** What rendering and the linter need. Made by `startCompilation`, passed along, never kept in a module. */
export interface Compilation extends Reading {
  facts: DeckFacts;
  parser: Parser;
  colour: CodeColour;
  languages: LanguageNames;
  renderBlocks(blocks: Block[]): string;
  render: RenderState;
}

export interface RenderState {
  incremental: boolean;
  /** Inside speaker notes a pause is no step. */
  inNotes: boolean;
  /** Footnotes in the order they were referred to. */
  footnotes: Block[][];
  codeBlocks: number;
  hasMath: boolean;
  /** Formulas that are set, by their TeX. */
  formulas: Map<string, string>;
}
