import type { Loading } from './level.ts';
import { ComposeError } from './problem.ts';
import { parseYamlFile, type YamlFile } from './yaml-file.ts';

/** As many files as a project can have: those that include each other without end are cut off. */
const MAX_FILES = 100;

/** A Compose file, read once; `from` names those that want it. Throws a `ComposeError`. */
export async function readYaml(
  { files, sources }: Loading,
  path: string,
  from: readonly string[],
): Promise<YamlFile> {
  const name = files.show(path);
  const known = sources.find((source) => source.name === name);
  if (known !== undefined) return known;
  if (sources.length >= MAX_FILES) {
    const message = `The project has over ${MAX_FILES} Compose files.`;
    throw new ComposeError([{ code: 'too-many', message, hint: 'Put some of them together.', path: [] }]);
  }
  const text = await files.read(path);
  if (text === undefined) {
    const message = `${name} can't be read: it isn't there, isn't a file inside the project's folder, or is too large.`;
    const [first] = from;
    const where = first === undefined || first === path ? {} : { file: files.show(first) };
    throw new ComposeError([
      { code: 'no-file', message, hint: 'Make it, or name another one.', path: [], ...where },
    ]);
  }
  const file = parseYamlFile(text, name);
  sources.push(file);
  return file;
}
