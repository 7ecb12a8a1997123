import type { AnyToken, Code } from '../ast.ts';
import { excerptOf, shownFile } from '../code-file.ts';
import type { Compilation } from '../compilation.ts';
import { report } from '../diagnose.ts';
import { locate } from '../text/source.ts';
import { fileMessages } from '../messages/file-messages.ts';

/** Fences whose file is not there, has not those lines, or says something else than they do. */
export function lintCodeFiles(cx: Compilation, tokens: readonly AnyToken[]): void {
  if (cx.options.codeFiles === undefined) return;
  for (const token of tokens) if (token.type === 'code') lintCode(cx, token, cx.options.codeFiles);
}

function lintCode(cx: Compilation, code: Code, files: ReadonlyMap<string, string>): void {
  const shown = shownFile(code.attr);
  if (shown === undefined) return;
  const { path, lines } = shown;
  const place = { ...locate(cx.source, path, code.line, 3), length: path.length };
  const text = files.get(path);
  if (text === undefined) {
    report(cx, fileMessages.codeFileMissing(place, path));
    return;
  }
  const excerpt = excerptOf(text, lines);
  if (excerpt === undefined) report(cx, fileMessages.codeLinesMissing(place, path, lines ?? ''));
  else if (excerpt.text.trimEnd() !== code.text.trimEnd())
    report(cx, fileMessages.codeDiffers(place, path, differingLine(code, excerpt.text)));
}

/** The deck's line from which on the two differ. */
function differingLine({ line, text }: Code, there: string): number {
  const lines = there.split('\n');
  const differing = text.split('\n').findIndex((one, index) => one !== lines[index]);
  return line + 1 + (differing === -1 ? text.split('\n').length - 1 : differing);
}
