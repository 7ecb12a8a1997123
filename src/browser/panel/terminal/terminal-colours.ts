import type { ITheme } from '@xterm/xterm';

/** The deck's palette, for a terminal. */
export const TERMINAL_COLOURS: ITheme = {
  background: '#0b1220',
  foreground: '#d7e0ee',
  cursor: '#0b1220',
  black: '#1b2638',
  red: '#ff7b72',
  green: '#7ee787',
  yellow: '#f2cc60',
  blue: '#79c0ff',
  magenta: '#d2a8ff',
  cyan: '#56d4dd',
  white: '#d7e0ee',
  brightBlack: '#8496b0',
  brightRed: '#ffa198',
  brightGreen: '#a5f3b1',
  brightYellow: '#f7dd8b',
  brightBlue: '#a5d6ff',
  brightMagenta: '#e2c5ff',
  brightCyan: '#8be9ef',
  brightWhite: '#ffffff',
};
