/** What browsers and Node have alike, as far as src/deck, src/demo and src/stage use it. Sources: the DOM and URL standards. */

interface AbortSignal {
  readonly aborted: boolean;
}

declare class URLSearchParams {
  constructor(init?: string | Record<string, string>);
  get(name: string): string | null;
  has(name: string): boolean;
  set(name: string, value: string): void;
  toString(): string;
}
