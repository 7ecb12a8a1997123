import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type CastLine = [time: number, code: string, data: string];

/** A recording as asciinema 2 writes it: times from the beginning. */
export function castV2(lines: CastLine[], more: object = {}): string {
  const env = { SHELL: '/bin/bash', TERM: 'xterm-256color' };
  return toText([
    { version: 2, width: 80, height: 24, timestamp: 1_700_000_000, title: 'Two', env, ...more },
    ...lines,
  ]);
}

/** As asciinema 3 writes it: times from the event before. */
export function castV3(lines: CastLine[], more: object = {}): string {
  const term = { cols: 100, rows: 30, type: 'xterm-256color', version: 'VTE(7600)' };
  return toText([
    { version: 3, term, timestamp: 1_700_000_000, title: 'Three', tags: ['x'], ...more },
    ...lines,
  ]);
}

/** As asciinema 1 wrote it: one JSON text. */
export function castV1(stdout: [delay: number, text: string][]): string {
  const head = {
    version: 1,
    width: 80,
    height: 24,
    duration: 1.5,
    command: '/bin/zsh',
    title: 'One',
    env: {},
  };
  return JSON.stringify({ ...head, stdout }, undefined, 2);
}

function toText(lines: unknown[]): string {
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
}

/** A deck with a slide and a panel for each file, named `a.cast` for the slide `#/a`. */
export async function castDeck(
  files: Record<string, string | undefined>,
): Promise<{ deck: string; folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-casts-'));
  await mkdir(join(folder, 'img'));
  const slides = Object.keys(files).map(
    (name) => `## ${name}\n\n::: {.cast src="img/${name}.cast"}\nThe fallback of ${name}.\n:::\n`,
  );
  const deck = join(folder, 'talk.md');
  await writeFile(deck, `---\ntitle: Casts\n---\n\n${slides.join('\n')}\n## End\n\nThe end.\n`);
  for (const [name, text] of Object.entries(files)) {
    if (text !== undefined) await writeFile(join(folder, 'img', `${name}.cast`), text);
  }
  return { deck, folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
