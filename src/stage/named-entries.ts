import * as z from 'zod/mini';

/**
 * A record by names that somebody gave, from a file or a request. zod's own leaves out an entry called `__proto__`, and with it
 * what was drawn on the slide of that name.
 */
export function namedEntries<T extends z.core.SomeType>(value: T) {
  return z.pipe(
    z.custom<object>((input) => typeof input === 'object' && input !== null && !Array.isArray(input), {
      error: 'expected a map',
    }),
    z.pipe(
      z.transform((input: object) => new Map<string, z.input<T>>(Object.entries(input))),
      z.pipe(
        z.map(z.string(), value),
        z.transform((entries: Map<string, z.output<T>>) => Object.fromEntries(entries)),
      ),
    ),
  );
}
