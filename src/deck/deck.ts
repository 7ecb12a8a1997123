/** What a compiled deck is. Born here, read by site, server and cli. */

import type { RunBlock } from '../demo/run-block.ts';

export type Severity = 'error' | 'warning';

/** One thing wrong (or doubtful) in a deck. Lines and columns count from 1. */
export interface Diagnostic {
  severity: Severity;
  /** Where it is, when that is not the deck itself: `demos/django/compose.yaml`. */
  file?: string;
  /** Stable, kebab-case, for scripts: `unknown-demo`. */
  code: string;
  /** What happened, in a sentence. */
  message: string;
  /** What to write instead. */
  hint?: string;
  line: number;
  column: number;
  /** How many characters of the line are meant; 1 if unknown. */
  length?: number;
}

/** A slide in the order of the talk. */
export interface Slide {
  /** Position as reveal.js counts it, both from 0. */
  h: number;
  v: number;
  id: string;
  /** Plain text of its heading; empty when it has none. */
  title: string;
  /** Line in the source where it starts. */
  line: number;
  /** Which slide it is for people, from 1: `visibility=uncounted` has the number of the one before. */
  number: number;
  /** How long the author means to stay on it: `{time=2m}`. */
  plannedMs?: number;
}

/** A demo that a slide shows. */
export interface DemoUse {
  name: string;
  views: string[];
  steps: string[];
  /** The project's folder, as written, when it isn't under `demos/`. */
  src?: string;
  /** What its div says of that project, in x-demo's words. */
  settings: Record<string, string>;
  line: number;
  column: number;
}

/** A file that the deck names: a picture, a background, a video, a cast. */
export interface FileUse {
  /** As written in the deck: relative to the deck's folder's parent or the deck itself. */
  path: string;
  line: number;
  column: number;
  /** True for a file that is only linked to: nothing of it is shown. */
  link?: boolean;
}

/** How a deck looks. */
export interface Look {
  /** A name of deck/themes.ts. */
  theme: string;
  /** The theme that a key switches to on stage. */
  projectorTheme: string;
  /** Which way its language is written; '' leaves it to the browser. */
  dir: '' | 'ltr' | 'rtl';
  /** False starts each slide at its top. Without a word the theme decides. */
  isCentred?: boolean;
  /** `shrink` draws slides that are too high smaller. */
  fit: '' | 'shrink';
  /** What the deck asks of reveal.js, by reveal.js's names. */
  reveal: Record<string, string | number | boolean>;
  /** HTML of its own style sheets. */
  styles: string;
}

export interface Deck {
  /** Plain text, for the page's title and the PDF's metadata. */
  title: string;
  subtitle: string;
  authors: string[];
  date: string;
  lang: string;
  /** How long the talk may take, from `duration:`. */
  durationMs?: number;
  look: Look;
  /** The rest of the YAML block (`site`, …), as parsed. */
  meta: Record<string, unknown>;
  /** Top-level HTML of what stands inside `.slides`, one string a stack, in order. Joined with "\n" it is the deck. */
  stacks: string[];
  slides: Slide[];
  demos: DemoUse[];
  files: FileUse[];
  /** Files whose text stands on slides, as written in `file=` of code fences. */
  codeFiles: string[];
  /** Code blocks that run in a demo, in the deck's order. */
  runBlocks: RunBlock[];
  /** Whether KaTeX's style sheet and fonts are needed. */
  hasMath: boolean;
  diagnostics: Diagnostic[];
}

export interface CompileOptions {
  /** Leaves out slides with `visibility=hidden`, as reveal.js does; pandoc writes them. */
  withoutHidden?: boolean;
  /** 2 unless the deck's YAML block or this says otherwise. */
  slideLevel?: number;
  /** Demos that exist and the views each can show; when given, an unknown name or view is an error. */
  demos?: ReadonlyMap<string, readonly string[]>;
  /** The texts of those `codeFiles` that are there; when given, one that isn't is a warning. */
  codeFiles?: ReadonlyMap<string, string>;
}
