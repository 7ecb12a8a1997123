import type { HLJSApi, LanguageFn } from 'highlight.js';
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import clojure from 'highlight.js/lib/languages/clojure';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import dart from 'highlight.js/lib/languages/dart';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import elixir from 'highlight.js/lib/languages/elixir';
import go from 'highlight.js/lib/languages/go';
import graphql from 'highlight.js/lib/languages/graphql';
import haskell from 'highlight.js/lib/languages/haskell';
import http from 'highlight.js/lib/languages/http';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import julia from 'highlight.js/lib/languages/julia';
import kotlin from 'highlight.js/lib/languages/kotlin';
import latex from 'highlight.js/lib/languages/latex';
import lua from 'highlight.js/lib/languages/lua';
import makefile from 'highlight.js/lib/languages/makefile';
import markdown from 'highlight.js/lib/languages/markdown';
import matlab from 'highlight.js/lib/languages/matlab';
import nginx from 'highlight.js/lib/languages/nginx';
import nix from 'highlight.js/lib/languages/nix';
import ocaml from 'highlight.js/lib/languages/ocaml';
import perl from 'highlight.js/lib/languages/perl';
import php from 'highlight.js/lib/languages/php';
import powershell from 'highlight.js/lib/languages/powershell';
import protobuf from 'highlight.js/lib/languages/protobuf';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import scala from 'highlight.js/lib/languages/scala';
import scss from 'highlight.js/lib/languages/scss';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

import { escapeHtml } from '../text/text.ts';

/** highlight.js grammars by our names for languages. */
const GRAMMARS: Record<string, LanguageFn> = {
  bash,
  c,
  clojure,
  cpp,
  csharp,
  css,
  dart,
  diff,
  dockerfile,
  elixir,
  go,
  graphql,
  haskell,
  http,
  ini,
  java,
  javascript,
  json,
  julia,
  kotlin,
  latex,
  lua,
  makefile,
  markdown,
  matlab,
  nginx,
  nix,
  ocaml,
  perl,
  php,
  powershell,
  protobuf,
  python,
  r,
  ruby,
  rust,
  scala,
  scss,
  shell,
  sql,
  swift,
  typescript,
  xml,
  yaml,
};

const OTHER_NAMES: Record<string, string> = {
  cs: 'csharp',
  html: 'xml',
  svg: 'xml',
  javascriptreact: 'javascript',
  jsx: 'javascript',
  tsx: 'typescript',
  zsh: 'bash',
  tcsh: 'bash',
  toml: 'ini',
  console: 'shell',
  terminal: 'shell',
  shellsession: 'shell',
  docker: 'dockerfile',
  golang: 'go',
  jsonc: 'json',
  json5: 'json',
  py3: 'python',
  python3: 'python',
  ksh: 'bash',
  sqlpostgresql: 'sql',
  sqlmysql: 'sql',
  octave: 'matlab',
  compose: 'yaml',
  vue: 'xml',
  svelte: 'xml',
};

/** A highlighter that has only the languages that one deck uses. */
export interface CodeColour {
  /** HTML of the code, coloured if the language is known. */
  highlight(text: string, language: string): string;
}

/** Bigger blocks are no slides; colouring them would take seconds. */
const LONGEST_CODE = 50_000;
/** highlight.js looks back and forth on one line. */
const LONG_LINE = /[^\n]{2000}/;

export function createCodeColour(): CodeColour {
  const api: HLJSApi = hljs.newInstance();
  return {
    highlight(text, language) {
      const name = OTHER_NAMES[language] ?? language;
      const grammar = Object.hasOwn(GRAMMARS, name) ? GRAMMARS[name] : undefined;
      if (grammar === undefined || text.length > LONGEST_CODE || LONG_LINE.test(text))
        return escapeHtml(text);
      if (api.getLanguage(name) === undefined) registerWithParts(api, name, grammar);
      return api.highlight(text, { language: name, ignoreIllegals: true }).value;
    },
  };
}

/** Some grammars hold others: scripts in HTML, HTML in PHP, fences in Markdown. */
const PARTS: Record<string, string[]> = {
  xml: ['javascript', 'css'],
  php: ['xml'],
  markdown: ['xml'],
  shell: ['bash'],
};

function registerWithParts(api: HLJSApi, name: string, grammar: LanguageFn): void {
  api.registerLanguage(name, grammar);
  for (const part of PARTS[name] ?? []) {
    const inner = GRAMMARS[part];
    if (inner !== undefined && api.getLanguage(part) === undefined) registerWithParts(api, part, inner);
  }
}
