/** The source text and its lines, so that an offset becomes a line and a column without counting from the start. */
export interface SourceMap {
  text: string;
  /** Offset at which each line starts. */
  starts: number[];
}

export interface Position {
  line: number;
  column: number;
}

export function mapSource(text: string): SourceMap {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return { text, starts };
}

/** Line and column (from 1) of an offset. */
export function positionAt(map: SourceMap, offset: number): Position {
  let low = 0;
  let high = map.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((map.starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (map.starts[low] ?? 0) + 1 };
}

/**
 * Where `needle` stands at or after `line`, at most `span` lines further; the start of the line if it is not found as
 * written. Containers take prefixes off their lines, so a nested token knows its line but not its column.
 */
export function locate(map: SourceMap, needle: string, line: number, span = 1): Position {
  const start = map.starts[line - 1] ?? map.text.length;
  const end = map.starts[line - 1 + span] ?? map.text.length;
  const firstLine = needle.split('\n', 1)[0] ?? '';
  const at = firstLine === '' ? -1 : map.text.slice(start, end).indexOf(firstLine);
  if (at !== -1) return positionAt(map, start + at);
  const indent = /^[ \t]*/.exec(map.text.slice(start, end))?.[0].length ?? 0;
  return { line, column: indent + 1 };
}

export function lineText(map: SourceMap, line: number): string {
  const start = map.starts[line - 1] ?? map.text.length;
  const end = map.starts[line] ?? map.text.length + 1;
  return map.text.slice(start, end - 1);
}

export function countNewlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
