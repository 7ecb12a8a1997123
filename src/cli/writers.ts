import type { Writers } from './compile.ts';

/** The process's own output. */
export const WRITERS: Writers = {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
};
