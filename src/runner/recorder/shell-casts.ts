import { parseRunEventBody } from '../../demo/run/run-event-schema.ts';

interface Size {
  columns: number;
  rows: number;
}

/**
 * The shells of a recording as casts of their own, by service: `asciinema play shell-web.cast` shows what the shell showed, on the
 * run's clock. Source: asciicast v3; each line's time counts from the line before.
 */
export function toShellCasts(recording: string, title: string, timestamp: number): Map<string, string> {
  const casts = new Map<string, { size: Size; lines: string[]; at: number }>();
  let now = 0;
  for (const line of recording.split('\n').slice(1)) {
    const [interval, code, data] = parseLine(line);
    now += interval;
    const event = code === 'd' ? parseRunEventBody(parseJson(data)) : undefined;
    if (event?.type !== 'shell') continue;
    const { service, text, columns, rows } = event;
    const size = columns === undefined || rows === undefined ? undefined : { columns, rows };
    const cast = casts.get(service) ?? { size: size ?? { columns: 80, rows: 24 }, lines: [], at: 0 };
    const add = (kind: string, value: string): void => {
      cast.lines.push(JSON.stringify([Math.round((now - cast.at) * 1000) / 1000, kind, value]));
      cast.at = now;
    };
    if (size !== undefined && casts.has(service)) add('r', `${size.columns}x${size.rows}`);
    if (text !== '') add('o', text);
    casts.set(service, cast);
  }
  const header = ({ columns, rows }: Size, service: string): string =>
    JSON.stringify({
      version: 3,
      term: { cols: columns, rows },
      timestamp,
      title: `${title}: shell in ${service}`,
    });
  return new Map(
    [...casts].map(([service, { size, lines }]) => [
      service,
      `${[header(size, service), ...lines].join('\n')}\n`,
    ]),
  );
}

/** Whether a file of a recording's folder is the cast of a shell. */
export function isShellCast(name: string): boolean {
  return /^shell-.+\.cast$/u.test(name);
}

function parseLine(line: string): [number, string, string] {
  const [interval, code, data] = (parseJson(line) ?? []) as unknown[];
  return [typeof interval === 'number' ? interval : 0, String(code), typeof data === 'string' ? data : ''];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
