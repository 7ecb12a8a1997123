import { INTERPRETERS, isShellCode } from '../../demo/run-block.ts';
import type { AnyToken, Code } from '../ast.ts';
import { attrValue } from '../ast.ts';
import type { Compilation } from '../compilation.ts';
import { report } from '../diagnose.ts';
import { fileMessages } from '../messages/file-messages.ts';
import { runBlockOf } from '../run-blocks.ts';
import { locate } from '../text/source.ts';
import { demoMessages } from './demo-messages.ts';

/** Code blocks that should run and can't. */
export function lintRunBlocks(cx: Compilation, tokens: readonly AnyToken[]): void {
  for (const token of tokens) if (token.type === 'code') lintBlock(cx, token);
}

function lintBlock(cx: Compilation, code: Code): void {
  const block = runBlockOf(cx, code);
  const place = { line: code.line, column: code.column };
  if (block === undefined) {
    if (code.attr.classes.includes('run') && attrValue(code.attr, 'demo') === undefined)
      report(cx, fileMessages.runWithoutDemo({ ...place, length: 3 }));
    return;
  }
  const { demo, language } = block;
  const known = cx.options.demos?.get(demo);
  if (cx.options.demos === undefined) return;
  if (known === undefined) {
    const where = { ...locate(cx.source, demo, code.line, 3), length: demo.length };
    report(cx, demoMessages.unknownDemo(where, demo, [...cx.options.demos.keys()]));
    return;
  }
  const isRunnable =
    isShellCode(language) || Object.hasOwn(INTERPRETERS, language) || known.includes(`run:${language}`);
  // A demo whose file has mistakes names nothing.
  if (!isRunnable && known.length > 0) report(cx, fileMessages.noInterpreter(place, demo, language));
}
