import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { DemoDiagnostic } from './demo-diagnostic.ts';
import { LIMITS } from '../demo.ts';

export interface ComposeYaml {
  document: Document;
  lines: LineCounter;
  /** What it holds, read anew. */
  data(): unknown;
}

/** A Compose file's YAML, within bounds that keep reading it quick: a file that somebody else wrote must not hold up a talk. */
export function readComposeYaml(
  text: string,
  file: string,
): ComposeYaml | { document?: undefined; diagnostics: DemoDiagnostic[] } {
  if (text.length > LIMITS.maxComposeCharacters) {
    const message = `The file has over ${LIMITS.maxComposeCharacters / 1000} kB, more than a demo needs.`;
    const hint = 'Keep what the services read in files of their own.';
    return { diagnostics: [{ code: 'too-large', message, hint, file, line: 1, column: 1 }] };
  }
  const lines = new LineCounter();
  try {
    // The library compares each key of a map with all others, and puts the lines around it into each error.
    const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
    const said = [
      ...document.errors.map(({ message, pos }) => ({ message, at: pos[0] })),
      ...findRepeatedKeys(document),
      ...findNulls(document),
    ];
    if (said.length > 0) return { diagnostics: said.map((one) => toDiagnostic(one, lines, file)) };
    const data = (): unknown => document.toJS();
    data();
    return tooManyServices(document, lines, file) ?? { document, lines, data };
  } catch (error) {
    // Aliases that would make it grow without end, or too many levels for the stack.
    const message = error instanceof Error ? error.message : String(error);
    return { diagnostics: [toDiagnostic({ message, at: 0 }, lines, file)] };
  }
}

interface Said {
  message: string;
  /** The offset. */
  at: number;
}

function findRepeatedKeys(document: Document): Said[] {
  const found: Said[] = [];
  visit(document, {
    Map(_key, map) {
      const keys = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value))
          found.push({
            message: `The key "${String(key.value)}" appears twice in this map`,
            at: offsetOf(key),
          });
        keys.add(key.value);
      }
    },
  });
  return found;
}

/** No name, path or value can hold one: the operating system ends each text there. */
function findNulls(document: Document): Said[] {
  const found: Said[] = [];
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string' && node.value.includes('\0'))
        found.push({ message: 'A text has a NUL character in it', at: offsetOf(node) });
    },
  });
  return found;
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

function tooManyServices(
  document: Document,
  lines: LineCounter,
  file: string,
): { diagnostics: DemoDiagnostic[] } | undefined {
  const services: unknown = document.get('services', true);
  if (!isMap(services) || services.items.length <= LIMITS.maxServices) return undefined;
  const message = `services has ${services.items.length} services, and a demo can have ${LIMITS.maxServices}.`;
  const hint = 'Leave out those that the slide does not need.';
  return { diagnostics: [{ code: 'too-many', message, hint, file, ...placeOf(lines, offsetOf(services)) }] };
}

function toDiagnostic({ message, at }: Said, lines: LineCounter, file: string): DemoDiagnostic {
  const said = explain(message);
  const short = said.length > 200 ? `${said.slice(0, 200)}…` : said;
  return {
    code: 'bad-yaml',
    message: `Not YAML: ${short.replace(/\.$/u, '')}.`,
    hint: 'Check the indentation, and that every quote and bracket is closed.',
    file,
    ...placeOf(lines, at),
  };
}

function explain(message: string): string {
  // The library calls itself for each level.
  if (message.includes('call stack')) return 'It is nested too deeply';
  if (message.startsWith('Excessive alias')) return 'Its aliases repeat too much';
  return message;
}

function placeOf(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
