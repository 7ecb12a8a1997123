import type { RunBlock } from '../demo/run-block.ts';
import type { Code } from './ast.ts';
import { attrValue } from './ast.ts';
import { codeOf } from './code-file.ts';
import type { Reading } from './compilation.ts';

/** ```` ```{.python .run demo="django"} ````; undefined for every other fence. */
export function runBlockOf(cx: Reading, code: Code): RunBlock | undefined {
  const { attr } = code;
  const demo = attrValue(attr, 'demo') ?? '';
  if (!attr.classes.includes('run') || demo === '') return undefined;
  const language = attr.classes.find((name) => name !== 'run' && !/^number/i.test(name)) ?? '';
  const { text } = codeOf(cx, code);
  const service = attrValue(attr, 'service');
  return {
    demo,
    key: hash(`${language}\n${service ?? ''}\n${text}`),
    language,
    text,
    ...(service === undefined ? {} : { service }),
    ...expectationOf(code),
  };
}

function expectationOf({ attr }: Code): Pick<RunBlock, 'expect'> {
  const contains = attrValue(attr, 'expect');
  const exit = Number(attrValue(attr, 'exit') ?? 'NaN');
  const expect = {
    ...(Number.isInteger(exit) ? { exit } : {}),
    ...(contains === undefined ? {} : { contains }),
  };
  return Object.keys(expect).length === 0 ? {} : { expect };
}

/** FNV-1a, 32 bits: short, and the same wherever the deck is compiled. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return (value >>> 0).toString(16).padStart(8, '0');
}
