/**
 * The names that pandoc knows a programming language by: `name: alias alias`. A block whose class is one of them gets
 * the wrapping that pandoc gives to coloured code; any other stays a bare `<pre>`.
 */
const TABLE =
  'abc, actionscript: as, ada: ads adb, agda, apache, asn1: asn, asp, ats, awk, bash: sh, bibtex: bib, ' +
  'boo, c: h, changelog, clojure: clj cljs cljc, cmake, coffee: coffeescript, coldfusion, comments, ' +
  'commonlisp: lisp lsp el cl, cpp: cc cxx hpp hxx hh inl c++ h++, crystal: cr, cs: c# csharp, css, ' +
  'curry, d, dart, debiancontrol, default: txt, diff: patch, djangotemplate: htm, dockerfile, ' +
  'dosbat: bat cmd, dot, doxygen, doxygenlua, dtd, eiffel: e, elixir: exs ex eex, elm, email, ' +
  'erlang: erl, fasm: asm inc, fortranfixed: f for fortran, fortranfree: f90 f95 f03, ' +
  'fsharp: fs fsi fsx, gap: g, gcc, gdscript, gleam, glsl: vert frag geom, gnuassembler: s, go, gpr, ' +
  'graphql, groovy: gradle, hamlet, haskell: hs chs, haxe: hx, html, idris: idr, ini: cfg, isocpp: cu, ' +
  'j: ijs, java, javadoc, javascript: js mjs cjs, javascriptreact: jsx, json: geojson, jsp, julia: jl, ' +
  'kotlin: kt kts, latex: tex ltx sty cls dtx, lex: flex l, lilypond, literatecurry, ' +
  'literatehaskell: lhs, llvm: ll, lua, m4, makefile: mk, mandoc: 1, markdown: md mmd, ' +
  'mathematica: nb, matlab: m, maxima: mac, mediawiki, metafont: mp mf, mips, modelines, ' +
  'modula2: mod def, modula3: i3, monobasic: vb, mustache: hbs handlebars, nasm, nim: nims nimble, ' +
  'nix, noweb: nw, objectivec: objective-c, objectivecpp: mm, ocaml: ml mli, octave, odin, opencl, ' +
  'orgmode: org, pascal: pas pp, perl: pl pm, php, pike, postscript: ps eps, povray: pov, ' +
  'powershell: ps1 psm1 psd1, prolog: pro, protobuf: proto, pure, purebasic: pb pbi, purescript: purs, ' +
  'python: py pyw, qml, r, racket: rkt, raku: pl6 p6 rakumod, relaxng: rng, relaxngcompact: rnc, ' +
  'rest: rst, rhtml: erb, roff, ruby: rb gemspec, rust: rs, sass, scala: sbt, scheme: scm ss, ' +
  'sci: sce, scss, sed, sgml, sml, spdxcomments, sql: ddl, sqlmysql, sqlpostgresql, stan, ' +
  'stata: ado do, swift, systemverilog: sv svh, tcl: tk, tcsh: csh, terraform: tf tfvars, ' +
  'texinfo: texi, tlaplus: tla, toml: conf, typescript: ts mts cts, typst: typ, verilog: v vl, ' +
  'vhdl: vhd, xml: svg xsd rss wsdl ui, xorg, xslt: xsl, xul, yacc: y yy, yaml: yml, zig, zsh';

export type LanguageNames = ReadonlyMap<string, string>;

/** From every name and alias to the language. */
export function languageNames(): LanguageNames {
  const names = new Map<string, string>();
  for (const row of TABLE.split(', ')) {
    const [language = '', aliases = ''] = row.split(': ');
    names.set(language, language);
    for (const alias of aliases.split(' ')) {
      if (alias !== '' && !names.has(alias)) names.set(alias, language);
    }
  }
  return names;
}

export function findLanguage(names: LanguageNames, name: string): string | undefined {
  return names.get(name) ?? names.get(name.toLowerCase());
}
