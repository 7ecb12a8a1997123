import { styleText } from 'node:util';
import type { RunContext } from '../run-context.ts';

/** A word of Deckhand's own among what a service prints. */
export function say({ output, demo }: RunContext, service: string, text: string): void {
  const origin = { service, ...(demo.services.length > 1 ? { isNamed: true as const } : {}) };
  output(origin, Buffer.from(`${styleText('dim', text, { validateStream: false })}\n`));
}
