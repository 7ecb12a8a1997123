import { entryOf } from '../../demo/run/entry-of.ts';
import { INTERPRETERS, isShellCode, type RunBlock } from '../../demo/run-block.ts';
import { UserError } from '../../demo/user-error.ts';
import type { RunContext, StartedContainer } from '../run-context.ts';

/**
 * The line that runs a code block in a shell. More than one line goes into the container as a file first. Throws a `UserError` when
 * nobody knows what runs its language, or when the container takes no file.
 */
export async function codeLine(
  context: RunContext,
  container: StartedContainer,
  { key, language, text }: RunBlock,
): Promise<string> {
  const isShell = isShellCode(language);
  if (isShell && !text.trim().includes('\n')) return text.trim();
  const file = `/tmp/deckhand-${key}`;
  const program = isShell ? undefined : programOf(context, language);
  try {
    await context.engine.putFiles(container.id, [
      { target: file, text: Buffer.from(`${text}\n`), mode: 0o644 },
    ]);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      'code-not-copied',
      `The code can't be put into "${container.service.name}": ${why}`,
      'Code of several lines needs a container that can be written to.',
      { cause: error },
    );
  }
  // With a dot, what it sets stays set in the shell.
  return program === undefined ? `. ${file}` : `${program} < ${file}`;
}

function programOf({ demo }: RunContext, language: string): string {
  const program = entryOf(demo.interpreters ?? {}, language) ?? entryOf(INTERPRETERS, language);
  if (program !== undefined) return program;
  throw new UserError(
    'no-interpreter',
    `${demo.name} does not know what runs "${language}".`,
    `Say it in its project: x-demo: {run: {${language}: COMMAND}}. The code comes on the command's input.`,
  );
}
