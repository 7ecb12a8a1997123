/** A code block of the deck that runs in a demo: a fence with `.run`. */
export interface RunBlock {
  demo: string;
  /** Of its text: another text is another block, and no recording has its output. */
  key: string;
  /** As the fence names it, in small letters; empty for a plain command. */
  language: string;
  text: string;
  /** Where it runs; absent, in the demo's usual shell. */
  service?: string;
  expect?: { exit?: number; contains?: string };
}

/** The name of its command in the run's events, of its view and of its step: `code:1a2b3c4d`. */
export function codeName(key: string): `code:${string}` {
  return `code:${key}`;
}

export function isCodeName(name: string | undefined): name is `code:${string}` {
  return name?.startsWith('code:') === true;
}

const SHELLS: ReadonlySet<string> = new Set(['', 'sh', 'bash', 'shell', 'zsh', 'console']);

/** Whether the shell itself runs code of that language. */
export function isShellCode(language: string): boolean {
  return SHELLS.has(language);
}

/** Programs that run what comes on their input, by language; a demo's `x-demo.run` says others. */
export const INTERPRETERS: Readonly<Record<string, string>> = {
  python: 'python -',
  javascript: 'node -',
  js: 'node -',
  ruby: 'ruby -',
  perl: 'perl -',
  php: 'php',
};
