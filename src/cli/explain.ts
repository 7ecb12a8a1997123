import { UserError } from '../demo/user-error.ts';
import { explainCode, listCodes } from '../explain/explain.ts';
import { WRITERS } from '../talk/writers.ts';

/** `deckhand explain CODE`: what a message means, with an example and its fix; without a code, the codes that there are. */
export function runExplain(code: string | undefined): void {
  if (code === undefined) {
    for (const { title, codes } of listCodes())
      WRITERS.stdout(`${title}:\n${codes.map((one) => `  ${one}\n`).join('')}\n`);
    return;
  }
  const text = explainCode(code);
  if (text === undefined)
    throw new UserError('unknown-code', `No message has the code "${code}".`, 'deckhand explain lists them.');
  WRITERS.stdout(text);
}
