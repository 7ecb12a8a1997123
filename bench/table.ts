import { cpus, totalmem } from 'node:os';

/** One line of a benchmark: what was measured, and what it is held to. */
export interface Row {
  what: string;
  measured: string;
  goal: string;
  /** What the other tools take, as measured on a machine of the same size. */
  peers: string;
}

/** Prints the rows as a Markdown table under the machine's name. */
export function printTable(title: string, rows: Row[]): void {
  const memory = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${memory} GiB, Node ${process.version}`;
  const lines = rows.map(
    ({ what, measured, goal, peers }) => `| ${what} | ${measured} | ${goal} | ${peers} |`,
  );
  const head = ['| what | Deckhand | goal | others |', '|---|---|---|---|'];
  process.stdout.write(`\n## ${title}\n\n${machine}\n\n${[...head, ...lines].join('\n')}\n`);
}

/** The middle one of some measurements. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function ms(value: number): string {
  return `${Math.round(value)} ms`;
}
