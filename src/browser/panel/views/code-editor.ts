import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, keymap, lineNumbers, type DecorationSet } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { spliceBetween } from '../../../demo/run/splice.ts';
import { loadLanguage } from './code-languages.ts';

/** An editor in a slide. */
export interface CodeEditor {
  readonly text: string;
  /** Shows a text that came from elsewhere; the lines of `changed` are lit. */
  show(text: string, changed?: Changed): void;
  setReadOnly(isReadOnly: boolean): void;
  /** Resolves when the text has its colours. */
  readonly isColoured: Promise<void>;
  close(): void;
}

type Changed = { from: number; to: number };

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.definitionKeyword, tags.controlKeyword], color: 'var(--code-keyword)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: tags.comment, color: 'var(--code-dim)', fontStyle: 'italic' },
  { tag: [tags.number, tags.bool, tags.atom], color: 'var(--code-number)' },
  { tag: [tags.function(tags.variableName), tags.definition(tags.variableName)], color: 'var(--code-title)' },
  { tag: [tags.propertyName, tags.attributeName, tags.tagName], color: 'var(--code-name)' },
]);

/** As the panel's terminal: readable from the last row. */
const THEME = EditorView.theme(
  {
    '&': {
      height: '100%',
      fontSize: '18px',
      color: 'var(--code-ink)',
      backgroundColor: 'var(--terminal-ground)',
    },
    '.cm-scroller': { fontFamily: "'JetBrains Mono', monospace", lineHeight: '1.5' },
    '.cm-gutters': { color: 'var(--code-line)', backgroundColor: 'var(--terminal-ground)', border: 'none' },
    '.cm-content': { caretColor: 'var(--code-ink)', fontVariantLigatures: 'none' },
    '&.cm-focused .cm-cursor': { borderLeftColor: 'var(--code-ink)', borderLeftWidth: '2px' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      backgroundColor: 'var(--code-selection)',
    },
    '.cm-changed': { backgroundColor: 'rgb(255 176 64 / 22%)' },
  },
  { dark: true },
);

/** Lines that another hand than the editor's own has just changed. */
const setChanged = StateEffect.define<Changed | undefined>();
const changedLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (before, transaction) => {
    let lines = before.map(transaction.changes);
    for (const effect of transaction.effects)
      if (effect.is(setChanged)) lines = toLines(transaction.state, effect.value);
    return lines;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function toLines({ doc }: EditorState, changed: Changed | undefined): DecorationSet {
  if (changed === undefined) return Decoration.none;
  const first = doc.lineAt(Math.min(changed.from, doc.length)).number;
  const last = doc.lineAt(Math.min(Math.max(changed.from, changed.to - 1), doc.length)).number;
  const mark = Decoration.line({ class: 'cm-changed' });
  return Decoration.set(
    Array.from({ length: last - first + 1 }, (_, index) => mark.range(doc.line(first + index).from)),
  );
}

/** Puts an editor into a box. `onChange` is told of what is typed, not of what is shown. */
export function createCodeEditor(
  box: HTMLElement,
  file: string,
  { onChange, onSave }: { onChange: () => void; onSave: () => void },
): CodeEditor {
  const language = new Compartment();
  const readOnly = new Compartment();
  let isShowing = false;
  let lastChanged: Changed | undefined;
  const extensions = [
    ...standing(file, onSave),
    language.of([]),
    readOnly.of(EditorState.readOnly.of(true)),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !isShowing) onChange();
    }),
  ];
  const view = new EditorView({ parent: box, state: EditorState.create({ extensions }) });
  // Who has no mouse scrolls it with the arrow keys, where it can't be edited as well.
  view.scrollDOM.tabIndex = 0;
  const isColoured = loadLanguage(file).then((parser) => {
    if (parser !== undefined) view.dispatch({ effects: language.reconfigure(StreamLanguage.define(parser)) });
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    show: (text, changed) => {
      if (text === view.state.doc.toString() && changed === lastChanged) return;
      lastChanged = changed;
      isShowing = true;
      showText(view, text, changed);
      isShowing = false;
    },
    setReadOnly: (isReadOnly) => {
      if (view.state.readOnly === isReadOnly) return;
      view.dispatch({ effects: readOnly.reconfigure(EditorState.readOnly.of(isReadOnly)) });
    },
    isColoured,
    close: () => view.destroy(),
  };
}

function standing(file: string, onSave: () => void): Extension[] {
  const save = () => {
    onSave();
    return true;
  };
  const saves = { key: 'Mod-s', run: save, preventDefault: true };
  return [
    lineNumbers(),
    history(),
    keymap.of([saves, indentWithTab, ...defaultKeymap, ...historyKeymap]),
    syntaxHighlighting(COLOURS),
    changedLines,
    THEME,
    EditorView.contentAttributes.of({ 'aria-label': file, spellcheck: 'false' }),
  ];
}

/** Only what differs is replaced: the cursor of whoever edits stays where it is. */
function showText(view: EditorView, text: string, changed: Changed | undefined): void {
  const { from = 0, remove = 0, insert = '' } = spliceBetween(view.state.doc.toString(), text) ?? {};
  const place = Math.min(changed?.to ?? 0, text.length);
  view.dispatch({
    changes: { from, to: from + remove, insert },
    effects: [
      setChanged.of(changed),
      ...(changed === undefined ? [] : [EditorView.scrollIntoView(place, { y: 'center' })]),
    ],
  });
}
