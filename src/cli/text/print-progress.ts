/** One line that says what is going on, on a terminal; nothing where nobody watches. */
export interface Progress {
  say(what: string): void;
  /** Takes the line away. */
  end(): void;
}

export function showProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { say: () => {}, end: () => {} };
  const clear = '\r\u001B[K';
  return {
    say: (what) => stream.write(`${clear}${what.slice(0, stream.columns - 1)}`),
    end: () => stream.write(clear),
  };
}

/** `1.9 s`, `412 ms`: how long it took since `began`. */
export function since(began: number): string {
  const ms = performance.now() - began;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** `412 kB`, `2.7 MB`. */
export function toFileSize(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
