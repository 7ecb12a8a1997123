/** A relative path without its `.` and `..`, as `a/b`, or `.` for the folder itself; undefined when it leads out of its folder. */
export function toInnerPath(text: string): string | undefined {
  if (/^[/\\~]|^[a-z][a-z0-9+.-]*:|@.*:/iu.test(text)) return undefined;
  const kept: string[] = [];
  for (const part of text.split(/[/\\]/u)) {
    if (part === '..') {
      if (kept.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') kept.push(part);
  }
  return kept.length === 0 ? '.' : kept.join('/');
}
