import type { Engine, Labelled } from '../../engine/engine.ts';
import {
  DEMO_LABEL,
  INSTANCE_LABEL,
  isInstanceAlive,
  nameInstance,
  RUN_LABEL,
  SOURCES_LABEL,
} from '../instance.ts';

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

/** As `run-context.ts` names what a run makes; a volume is nobody's leftover. */
function isNamedAsOurs({ name = '', labels, kind }: Labelled): boolean {
  const [demo = '', run = ''] = [labels[DEMO_LABEL], labels[RUN_LABEL]];
  if (kind === 'volume' || !/^[0-9a-f-]{36}$/u.test(run)) return false;
  return name.startsWith(`deckhand-${demo}-`) && name.endsWith(`-${run.slice(0, 8)}`);
}

/** A container has its image's labels: what anybody starts from an image that carries ours is not ours. */
async function hasImagesLabels(engine: Engine, { image, labels }: Labelled): Promise<boolean> {
  if (image === undefined) return false;
  return (await engine.imageLabels(image))[RUN_LABEL] === labels[RUN_LABEL];
}

async function findLeftovers(engine: Engine, { isRunning = () => true }: SweepOptions): Promise<Labelled[]> {
  const ours = await nameInstance();
  const isLeft = async (item: Labelled): Promise<boolean> => {
    const { kind, labels } = item;
    if (kind === 'image') return item.isDangling === true && labels[SOURCES_LABEL] !== undefined;
    if (!isNamedAsOurs(item) || (await hasImagesLabels(engine, item))) return false;
    const instance = labels[INSTANCE_LABEL];
    if (instance === undefined) return false;
    return instance === ours ? !isRunning(labels[RUN_LABEL] ?? '') : !(await isInstanceAlive(instance));
  };
  const all = await engine.list(DEMO_LABEL);
  const left = await Promise.all(all.map(isLeft));
  return all.filter((_item, i) => left[i]);
}
