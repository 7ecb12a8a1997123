/** The colours that our own tables use, and the start of a progress line that is written over again. */
// oxlint-disable-next-line no-control-regex -- they are control characters
const OURS = /^\r\u001b\[K|\u001b\[(?:2|22|31|32|33|39)m/g;
/**
 * What a terminal takes for commands, and what turns the reading direction round: C0 but tab and line feed, DEL, C1, and
 * Unicode's bidirectional controls. https://trojansource.codes, ECMA-48
 */
// oxlint-disable-next-line no-control-regex -- they are control characters
const STEERS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text as a terminal may have it: what a deck, a demo, a pack or a container says can't move the cursor, fill the clipboard or
 * hide itself. Control characters are shown by their pictures (␛), others as �.
 */
export function toTerminalText(text: string): string {
  let shown = '';
  let at = 0;
  for (const { index, 0: ours } of text.matchAll(OURS)) {
    shown += show(text.slice(at, index)) + ours;
    at = index + ours.length;
  }
  return shown + show(text.slice(at));
}

function show(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(STEERS, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\ufffd';
  });
}

/** From here on everything that this process prints goes through `toTerminalText`, libraries' words and stacks included. */
export function guardTerminal(stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream);
  const guarded = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const text = typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
    const callback = rest.find((one) => typeof one === 'function') as
      | ((error?: Error | null) => void)
      | undefined;
    return write(toTerminalText(text), callback);
  };
  stream.write = guarded;
}

const writeRaw = process.stdout.write.bind(process.stdout);

/** What a program's output is for another program: byte by byte, unless a person looks at it. */
export function writeOutput(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(text);
  else writeRaw(text);
}
