import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal, type ITheme } from '@xterm/xterm';

/** Lines that can be scrolled back to. */
const SCROLLBACK = 5000;

/** A terminal that shows and never types: what it would answer to queries in the output goes nowhere. */
export function createTerminal(fontSize: number, theme: ITheme): { terminal: Terminal; fit: FitAddon } {
  const terminal = new Terminal({
    fontSize,
    theme,
    fontFamily: "'JetBrains Mono', monospace",
    lineHeight: 1.15,
    scrollback: SCROLLBACK,
    disableStdin: true,
    cursorInactiveStyle: 'none',
    cursorBlink: false,
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  // Links of the output are not ours to open, and the clicker's keys are the deck's.
  terminal.options.linkHandler = null;
  terminal.attachCustomKeyEventHandler(() => false);
  return { terminal, fit };
}
