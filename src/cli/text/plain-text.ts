/** A terminal's sequences: colours, places, and whatever else it would obey. */
// oxlint-disable-next-line no-control-regex -- they are control characters
const SEQUENCES = /\u001B\[[0-?]*[ -/]*[@-~]/gu;
// oxlint-disable-next-line no-control-regex -- they are control characters
const CONTROLS = /[\u0000-\u001F\u007F-\u009F]+/gu;

/** What a demo or a deck says, for the terminal: one line, and nothing that the terminal would obey. */
export function toPlainLine(text: string): string {
  return text.replaceAll(SEQUENCES, '').replaceAll(CONTROLS, ' ');
}
