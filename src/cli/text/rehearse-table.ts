import { stripVTControlCharacters, styleText } from 'node:util';
import type { RehearsedDemo } from '../../talk/rehearse/rehearse-demo.ts';
import { toSeconds } from '../../talk/rehearse/seconds.ts';

export interface TableStyle {
  /** With colours, for a terminal. */
  isColoured: boolean;
  /** Characters in a line. */
  columns: number;
}

const HEADS = ['build', 'ready', 'second build', 'budget'];

/** What was measured, a line a demo; below it what is wrong, and what to do about it. */
export function toTable(demos: readonly RehearsedDemo[], style: TableStyle): string {
  const width = Math.max('demo'.length, ...demos.map(({ name }) => name.length));
  const head = ['demo'.padEnd(width), ...HEADS, 'verdict'].join('   ');
  const rows = demos.map((demo) => {
    const cells = toCells(demo).map((cell, index) => cell.padStart(HEADS[index]?.length ?? 0));
    return [demo.name.padEnd(width), ...cells, toVerdict(demo, style)].join('   ');
  });
  const notes = demos.flatMap((demo) => toNotes(demo, style));
  return [
    paint(head, 'dim', style),
    ...rows,
    '',
    ...notes,
    ...(notes.length === 0 ? [] : ['']),
    toSummary(demos),
    '',
  ].join('\n');
}

function toSummary(demos: readonly RehearsedDemo[]): string {
  if (demos.some(({ isInterrupted }) => isInterrupted))
    return 'Stopped before its end; nothing is left on the engine.';
  const failed = demos.filter(({ problems }) => problems.length > 0).length;
  const recorded = demos.filter(({ isRecorded }) => isRecorded).length;
  const kept = recorded === 0 ? '' : `, ${recorded} recorded`;
  const all = demos.length === 1 ? 'The demo works' : `All ${demos.length} demos work`;
  const some = demos.length === 1 ? 'The demo failed' : `${failed} of ${demos.length} demos failed`;
  return `${failed === 0 ? all : some}${kept}.`;
}

function toCells({ first, second, budgetMs }: RehearsedDemo): string[] {
  const times = [first?.buildMs, first?.readyMs, second?.buildMs, budgetMs];
  return times.map((ms) => (ms === undefined ? '–' : toSeconds(ms)));
}

function toVerdict({ problems, remarks, isInterrupted }: RehearsedDemo, style: TableStyle): string {
  if (problems.length > 0) return paint('✗ fails', 'red', style);
  if (isInterrupted) return paint('– stopped', 'dim', style);
  return paint(
    remarks.length > 0 ? '● works, but' : '✓ works',
    remarks.length > 0 ? 'yellow' : 'green',
    style,
  );
}

function toNotes({ name, problems, remarks }: RehearsedDemo, style: TableStyle): string[] {
  const wrapped = (text: string, indent: string) =>
    wrap(text, style.columns - indent.length).join(`\n${indent}`);
  const failures = problems.flatMap(({ message, hint, printed = [] }) => [
    `${paint('✗', 'red', style)} ${wrapped(`${name}: ${message}`, '  ')}`,
    ...printed.map((line) => paint(`    ${plain(line).slice(0, style.columns - 4)}`, 'dim', style)),
    ...(hint === '' ? [] : [`  → ${wrapped(hint, '    ')}`]),
  ]);
  return [
    ...failures,
    ...remarks.map((remark) => `${paint('●', 'yellow', style)} ${wrapped(`${name}: ${remark}.`, '  ')}`),
  ];
}

/** Without colours and what else programs tell a terminal. */
function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll('\t', '  ');
}

/** Lines no longer than `width`, cut between words. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/u)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

type Paint = 'dim' | 'red' | 'green' | 'yellow';

function paint(text: string, how: Paint, { isColoured }: TableStyle): string {
  return isColoured ? styleText(how, text, { validateStream: false }) : text;
}
