import { UserError } from '../demo/user-error.ts';
import { writeWhole } from '../files/whole-file.ts';
import { escapeHtml } from '../site/escape-html.ts';
import { findDeck, fileBeside } from '../talk/deck/deck-path.ts';
import { WatchedDeck } from '../talk/deck/watched-deck.ts';
import { openCatalog } from '../talk/demos/open-catalog.ts';
import { readTalks } from '../talk/kept/rehearsed-times.ts';
import { reportRows, toTalkReport, type TalkReport } from '../talk/kept/talk-report.ts';

export interface ReportFlags {
  deck: string | undefined;
  json?: boolean | undefined;
  /** An HTML file to write. */
  output?: string | undefined;
}

const HEAD = ['', 'slide', 'planned', 'real', 'difference'];
/** A title is cut here, so that a row fits a terminal. */
const TITLE = 44;

/** Prints how long the newest timed talk stayed on each slide, beside its plan. Nothing leaves this machine. */
export async function runReport({ deck: given, json = false, output }: ReportFlags): Promise<void> {
  const path = await findDeck(given, process.cwd());
  const catalog = await openCatalog(path);
  const { deck } = await WatchedDeck.open(path, () => catalog.views);
  const talk = (await readTalks(fileBeside(path, 'times'))).at(-1);
  if (talk === undefined) {
    const message = `No talk of ${path.shown} was timed yet.`;
    throw new UserError('not-timed', message, 'Give it with: deckhand present --rehearse-talk');
  }
  const report = toTalkReport(talk, deck.slides, deck.durationMs);
  if (output !== undefined) await writeWhole(output, toHtml(deck.title, deck.lang, report));
  if (json) process.stdout.write(`${JSON.stringify({ deck: path.shown, ...report }, undefined, 2)}\n`);
  else if (output === undefined) process.stdout.write(toText(path.shown, report));
  else process.stdout.write(`${output}: the talk of ${report.date.slice(0, 10)}\n`);
}

function toText(shown: string, report: TalkReport): string {
  const rows = [HEAD, ...reportRows(report)].map(([number = '', title = '', ...times]) => [
    number,
    title.length > TITLE ? `${title.slice(0, TITLE - 1)}…` : title,
    ...times,
  ]);
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) =>
        column === 1 ? cell.padEnd(widths[1] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const gone =
    report.gone.length === 0
      ? ''
      : `\nNot in the deck any more: ${report.gone.map(({ key }) => key).join(', ')}\n`;
  return `The talk of ${report.date.slice(0, 16).replace('T', ' ')}, ${shown}\n\n${rows.map(line).join('\n')}\n${gone}`;
}

function toHtml(title: string, lang: string, report: TalkReport): string {
  const row = (cells: string[], name: 'td' | 'th') =>
    `<tr>${cells.map((cell) => `<${name}>${escapeHtml(cell)}</${name}>`).join('')}</tr>`;
  const heading = escapeHtml(`${title}, ${report.date.slice(0, 10)}`);
  return `<!doctype html>
<html lang="${escapeHtml(lang === '' ? 'en' : lang)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${heading}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem; padding: 0 1rem; color-scheme: light dark; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 0.3rem 0.6rem; text-align: end; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
th:nth-child(2), td:nth-child(2) { text-align: start; }
tr:last-child { font-weight: 700; }
</style>
<h1>${heading}</h1>
<table>
<thead>${row(HEAD, 'th')}</thead>
<tbody>
${reportRows(report)
  .map((cells) => row(cells, 'td'))
  .join('\n')}
</tbody>
</table>
</html>
`;
}
