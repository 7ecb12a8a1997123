import type { Engine, Labelled } from '../engine/engine.ts';
import { DEMO_LABEL, INSTANCE_LABEL, isInstanceAlive } from './instance.ts';

export interface Swept {
  containers: number;
  networks: number;
  images: number;
}

/**
 * Removes what runs left behind whose Deckhand is dead: containers, then networks, then images that no name points to any more.
 * What belongs to a Deckhand that lives, here or on another machine, stays; so do named volumes and the images in use.
 * Worth repeating some seconds after a start: the engine may still be carrying out what the dead one asked for last.
 */
export async function sweep(engine: Engine): Promise<Swept> {
  const swept: Swept = { containers: 0, networks: 0, images: 0 };
  const leftovers = await findLeftovers(engine);
  const of = (kind: Labelled['kind']): Labelled[] => leftovers.filter((item) => item.kind === kind);
  await Promise.all(of('container').map(async ({ id }) => engine.removeContainer(id)));
  swept.containers = of('container').length;
  await Promise.all(of('network').map(async ({ id }) => engine.removeNetwork(id)));
  swept.networks = of('network').length;
  await Promise.all(of('image').map(async ({ id }) => engine.removeImage(id)));
  swept.images = of('image').length;
  return swept;
}

async function findLeftovers(engine: Engine): Promise<Labelled[]> {
  const leftovers: Labelled[] = [];
  for (const item of await engine.list(DEMO_LABEL)) {
    const instance = item.labels[INSTANCE_LABEL];
    if (item.kind === 'image' && item.isDangling === true) leftovers.push(item);
    else if (instance !== undefined && !(await isInstanceAlive(instance))) leftovers.push(item);
  }
  return leftovers;
}
