import type { Engine, Labelled } from '../engine/engine.ts';
import { DEMO_LABEL, INSTANCE_LABEL, isInstanceAlive, nameInstance, RUN_LABEL } from './instance.ts';

export interface Swept {
  containers: number;
  networks: number;
  images: number;
}

export interface SweepOptions {
  /** Whether a run of this process goes on, by its id; without it, all of them do. */
  isRunning?: (run: string) => boolean;
}

/**
 * Removes what runs left behind whose Deckhand is dead, and what ended runs of this one could not remove because the engine was
 * gone: containers, then networks, then images that no name points to any more. What belongs to a Deckhand that lives, here or
 * on another machine, stays; so do named volumes and the images in use.
 * Worth repeating some seconds after a start: the engine may still be carrying out what the dead one asked for last.
 */
export async function sweep(engine: Engine, options: SweepOptions = {}): Promise<Swept> {
  const leftovers = await findLeftovers(engine, options);
  const of = (kind: Labelled['kind']): string[] =>
    leftovers.flatMap((item) => (item.kind === kind ? [item.id] : []));
  const [containers, networks, images] = [of('container'), of('network'), of('image')];
  await Promise.all(containers.map(async (id) => engine.removeContainer(id)));
  await Promise.all(networks.map(async (id) => engine.removeNetwork(id)));
  await Promise.all(images.map(async (id) => engine.removeUnnamedImage(id)));
  return { containers: containers.length, networks: networks.length, images: images.length };
}

async function findLeftovers(engine: Engine, { isRunning = () => true }: SweepOptions): Promise<Labelled[]> {
  const ours = await nameInstance();
  const isLeft = async ({ kind, labels, isDangling }: Labelled): Promise<boolean> => {
    if (kind === 'image') return isDangling === true;
    const instance = labels[INSTANCE_LABEL];
    if (instance === undefined) return false;
    return instance === ours ? !isRunning(labels[RUN_LABEL] ?? '') : !(await isInstanceAlive(instance));
  };
  const all = await engine.list(DEMO_LABEL);
  const left = await Promise.all(all.map(isLeft));
  return all.filter((_item, i) => left[i]);
}
