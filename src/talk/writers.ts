/** Where a command writes: `process.stdout.write` and `process.stderr.write`, or a test's own. */
export interface Writers {
  stdout: (text: string) => void;
  stderr: (text: string) => void;
}

/** The process's own output. */
export const WRITERS: Writers = {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
};
