import { BuildFailure, saysDiskFull } from '../engine-error.ts';
import type { Instruction } from './dockerfile.ts';

/** Says for people what the engine says in its own words, naming the line. `printed` is what the step printed last. */
export function toBuildFailure(said: string, failed: Instruction | undefined, printed = ''): BuildFailure {
  const isDiskFull = saysDiskFull(said) || saysDiskFull(printed);
  const line = failed?.line ?? lineIn(said);
  const status = /exit code: (\d+)|returned a non-zero code: (\d+)|exit status (\d+)/u.exec(said);
  const code = status?.[1] ?? status?.[2] ?? status?.[3];
  if (failed !== undefined && code !== undefined) {
    return new BuildFailure(
      `Line ${failed.line} ended with exit code ${code}: ${failed.text}`,
      line,
      isDiskFull,
    );
  }
  const message = said.trim().replace(/^failed to solve(?: with frontend \S+)?: /u, '');
  return new BuildFailure(line === undefined ? message : `Line ${line}: ${message}`, line, isDiskFull);
}

/** Both parsers write `dockerfile parse error line 3:` or `… on line 3:`. */
function lineIn(said: string): number | undefined {
  const line = /dockerfile parse error(?: on)? line (\d+)/iu.exec(said)?.[1];
  return line === undefined ? undefined : Number(line);
}
