import { Marked } from 'marked';

import { noFacts } from './analyze.ts';
import type { Block } from './ast.ts';
import { createCodeColour } from './html/code-colour.ts';
import { languageNames } from './html/code-languages.ts';
import type { Compilation, ParseState, RenderState } from './compilation.ts';
import type { CompileOptions } from './deck.ts';
import { createDialect } from './dialect.ts';
import { mapSource } from './text/source.ts';
import { Unclosed } from './text/unclosed.ts';
import { renderBody } from './syntax/block/body.ts';
import { TexMacros } from './syntax/math/tex-macros.ts';

/** Everything that one compilation starts with. */
export function startCompilation(source: string, options: CompileOptions): Compilation {
  const empty = new Marked();
  const cx: Compilation = {
    options,
    source: mapSource(source),
    state: startState(),
    lexer: new empty.Lexer(empty.defaults),
    parser: new empty.Parser(empty.defaults),
    diagnostics: [],
    colour: createCodeColour(),
    languages: languageNames(),
    renderBlocks: (blocks: Block[]) => renderBody(cx, blocks),
    facts: noFacts(),
    macros: new TexMacros(),
    render: startRender(),
  };
  const dialect = createDialect(cx);
  cx.lexer = new dialect.Lexer(dialect.defaults);
  cx.parser = new dialect.Parser(dialect.defaults);
  return cx;
}

function startState(): ParseState {
  return {
    line: 1,
    depth: 0,
    inlineDepth: 0,
    inListItem: false,
    divLevel: 0,
    htmlBlock: '',
    inNote: false,
    inLink: false,
    quotes: 'none',
    wordEnd: -1,
    runText: '',
    runSource: '',
    runLine: 1,
    fuel: Infinity,
    unclosed: new Unclosed(),
  };
}

function startRender(): RenderState {
  return {
    incremental: false,
    inNotes: false,
    footnotes: [],
    codeBlocks: 0,
    hasMath: false,
    formulas: new Map(),
  };
}
