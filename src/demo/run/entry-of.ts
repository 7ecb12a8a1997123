/**
 * What a record has under a name that somebody gave. Every object comes with "constructor" and its like, and a slide or a demo may
 * be called that.
 */
export function entryOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
