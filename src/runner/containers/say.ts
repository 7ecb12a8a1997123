import type { RunContext } from '../run-context.ts';

const DIM = '\u001b[2m';
const RESET = '\u001b[0m';

/** A word of Deckhand's own among what a service prints. */
export function say({ output, demo }: RunContext, service: string, text: string): void {
  const origin = { service, ...(demo.services.length > 1 ? { isNamed: true as const } : {}) };
  output(origin, Buffer.from(`${DIM}${text}${RESET}\n`));
}
