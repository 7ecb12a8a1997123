import { DotenvError, parseDotenv } from './dotenv.ts';
import { ComposeError } from './problem.ts';
import type { ProjectFiles } from './project-files.ts';
import type { Lookup } from './template.ts';

/** The variables of env files, later ones over earlier ones. Throws a `ComposeError`. */
export async function readEnvFiles(
  files: ProjectFiles,
  paths: readonly string[],
  environment: Lookup,
  isRequired: boolean,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const path of paths) {
    const text = await files.read(path);
    if (text === undefined) {
      if (!isRequired) continue;
      const message = `There is no env file ${files.show(path)}, or it can't be read.`;
      throw new ComposeError([{ code: 'no-file', message, hint: 'Make it, or take it out.', path: [] }]);
    }
    for (const [key, value] of readDotenv(
      text,
      files.show(path),
      (name) => environment(name) ?? found.get(name),
    ))
      found.set(key, value);
  }
  return found;
}

/** As `parseDotenv`. Throws a `ComposeError`. */
export function readDotenv(text: string, file: string, outside: Lookup): Map<string, string> {
  try {
    return parseDotenv(text, outside);
  } catch (error) {
    if (!(error instanceof DotenvError)) throw error;
    const { message, line } = error;
    const hint = 'Write one NAME=value a line.';
    throw new ComposeError([
      { code: 'bad-env-file', message, hint, path: [], file, place: { line, column: 1 } },
    ]);
  }
}
