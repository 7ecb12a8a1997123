/** One thing wrong in a Compose file. Lines and columns count from 1. */
export interface DemoDiagnostic {
  /** `warning`: it runs all the same. An error by default. */
  severity?: 'warning';
  /** Stable, kebab-case, for scripts: `unknown-key`. */
  code: string;
  /** What is wrong, naming the key. */
  message: string;
  /** What to write instead. */
  hint: string;
  file: string;
  line: number;
  column: number;
}
