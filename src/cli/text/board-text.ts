import { styleText } from 'node:util';
import { STATE_WORDS, type Check, type CheckState, type PreflightBoard } from '../../stage/preflight.ts';

const COLOURS = { green: 'green', amber: 'yellow', red: 'red' } as const satisfies Record<CheckState, string>;
/** Signs that differ without their colour. */
const SIGNS: Record<CheckState, string> = { green: '✓', amber: '!', red: '✗' };

/** The board for a terminal; with `hasColour` the signs are coloured as well. */
export function toBoardText({ checks, tookMs }: PreflightBoard, hasColour: boolean): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const rows = checks.map((check) => toRow(check, width, hasColour));
  return `${rows.join('\n')}\n\n${toSummary(checks)} (${(tookMs / 1000).toFixed(1)} s)\n`;
}

function toRow({ name, state, what, next }: Check, width: number, hasColour: boolean): string {
  const sign = `${SIGNS[state]} ${STATE_WORDS[state]}`;
  const shown = hasColour ? styleText(COLOURS[state], sign, { validateStream: false }) : sign;
  const hint = next === '' ? '' : `\n${' '.repeat(width + 10)}→ ${next}`;
  return `${shown}  ${name.padEnd(width)}  ${what}${hint}`;
}

/** `14 fine, 2 to look at, 1 stops the talk` */
function toSummary(checks: readonly Check[]): string {
  const count = (wanted: CheckState): number => checks.filter(({ state }) => state === wanted).length;
  const [green, amber, red] = [count('green'), count('amber'), count('red')];
  const worse = [
    ...(amber > 0 ? [`${amber} to look at`] : []),
    ...(red > 0 ? [`${red} must be put right before the talk`] : []),
  ];
  return [`${green} fine`, ...worse].join(', ');
}
