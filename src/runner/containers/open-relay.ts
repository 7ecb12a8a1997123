import { UserError } from '../../demo/user-error.ts';
import { imageOf } from '../build/build-image.ts';
import type { RunContext } from '../run-context.ts';

/** Where the app could not be reached otherwise: starts what carries connections to it, from an image that is there. */
export async function openRelay(context: RunContext, network: string): Promise<void> {
  const { demo, engine, labels, made, shortId } = context;
  const shown = demo.app ?? demo.ask;
  if (shown === undefined || !engine.facts.needsRelay) return;
  const name = `deckhand-${demo.name}-relay-${shortId}`;
  const first = demo.services.filter((service) => service.name === shown.service);
  const images = new Set([...first, ...demo.services].map((service) => imageOf(context, service)));
  for (const image of images) {
    made.relay = await engine.startRelay({ name, image, labels, network });
    if (made.relay !== undefined) return;
  }
  throw new UserError(
    'remote-engine',
    `The engine at ${engine.facts.endpoint} is on another machine, and no image of this demo has the python3 or perl that would lead to its ports.`,
    'Use the engine as ssh://user@host: previews then go through ssh.',
  );
}
