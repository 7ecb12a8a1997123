import type { ITheme } from '@xterm/xterm';

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** The theme's palette, for a terminal in that element: see style/panel-colours.css. */
export function terminalColours(element: Element): ITheme {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--terminal-${name}`).trim();
  const named = NAMES.flatMap((name) => [
    [name, colour(name)],
    [`bright${name.charAt(0).toUpperCase()}${name.slice(1)}`, colour(`bright-${name}`)],
  ]);
  const background = colour('ground');
  return { background, foreground: colour('ink'), cursor: background, ...Object.fromEntries(named) };
}
