import '@xterm/xterm/css/xterm.css';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { Terminal, type ITheme } from '@xterm/xterm';

/** Lines that can be scrolled back to. */
const SCROLLBACK = 5000;

/**
 * What output must not do to this page (OSC numbers): set titles, open links, change or read colours, read or fill the
 * clipboard. Source: xterm's control sequences, "Operating System Commands".
 */
const NOT_FOR_OUTPUT = [0, 1, 2, 4, 8, 10, 11, 12, 52, 104, 110, 111, 112];

/**
 * A terminal that shows, and types only where `onKeys` wants it: what it would answer to queries in the output goes nowhere else.
 */
export function createTerminal(fontSize: number, theme: ITheme, onKeys?: (text: string) => void): Terminal {
  const terminal = new Terminal({
    fontSize,
    theme,
    fontFamily: "'JetBrains Mono', monospace",
    lineHeight: 1.15,
    scrollback: SCROLLBACK,
    disableStdin: onKeys === undefined,
    cursorInactiveStyle: onKeys === undefined ? 'none' : 'outline',
    cursorBlink: false,
    // Asked of whoever listens for it (see terminal-view.ts); xterm itself does nothing.
    windowOptions: { setWinSizeChars: true },
    // Only to choose how wide characters are.
    allowProposedApi: true,
  });
  // As the terminals that programs are written for: an emoji takes two columns.
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  // The clicker's keys are the deck's.
  if (onKeys === undefined) terminal.attachCustomKeyEventHandler(() => false);
  else terminal.onData(onKeys);
  for (const code of NOT_FOR_OUTPUT) terminal.parser.registerOscHandler(code, () => true);
  return terminal;
}
