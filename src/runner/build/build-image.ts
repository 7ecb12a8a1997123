import type { BuildPlan } from './build-plan.ts';
import type { Service } from '../../demo/service.ts';
import type { BuildEvent } from '../../engine/engine.ts';
import type { Labels } from '../../engine/container-spec.ts';
import { BuildFailure, EngineError } from '../../engine/engine-error.ts';
import { hashSources } from './hash-sources.ts';
import { SOURCES_LABEL } from '../instance.ts';
import { RECORDING_FOLDERS } from '../recorder/recording-folders.ts';
import { type RunContext, toImageTag } from '../run-context.ts';

/** Builds a service's image once more, of its files as they are now. */
export async function rebuildImage(context: RunContext, service: Service): Promise<void> {
  const plan = context.made.plans.get(service.name);
  if (plan === undefined) return;
  const labels = { ...plan.labels, [SOURCES_LABEL]: await hashSources(context.folder) };
  await buildServiceImage(context, { ...plan, labels, told: new Set() });
}

/**
 * Other Deckhands on the engine give the image's name to what they build, and remove what has no name then: our image may be gone
 * before a container holds it. It is in the build cache, so that having it again takes no time.
 */
const MAX_TRIES = 4;

/** Builds a service's image, and remembers its id: the name may be another Deckhand's by the time it is needed. */
export async function buildServiceImage(context: RunContext, plan: BuildPlan): Promise<void> {
  await unlessLost(async (isFirst) => buildOnce(context, plan, isFirst));
}

/** Does what needs a service's image; when the image is lost, builds it again and does it once more. */
export async function withImage<T>(
  context: RunContext,
  service: Service,
  use: (image: string) => Promise<T>,
): Promise<T> {
  const plan = context.made.plans.get(service.name);
  return unlessLost(async (isFirst) => {
    if (!isFirst && plan !== undefined) await buildOnce(context, plan, false);
    return use(imageOf(context, service));
  });
}

/** The image that a service runs: by its id when this run has built it. */
export function imageOf({ demo, made }: RunContext, service: Service): string {
  if (service.build === undefined) return service.image ?? '';
  return made.images.get(service.name) ?? toImageTag(demo, service);
}

async function unlessLost<T>(work: (isFirst: boolean) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work(tries === 1);
    } catch (error) {
      if (!isLost(error) || tries === MAX_TRIES) throw error;
    }
  }
}

/** The engines' words for an image, or a part of one, that somebody took away. */
function isLost(error: unknown): boolean {
  if (!(error instanceof EngineError) && !(error instanceof BuildFailure)) return false;
  return /no such image|unrecognized image id|image not known|failed to get digest|layer does not exist/iu.test(
    error.message,
  );
}

async function buildOnce(context: RunContext, plan: BuildPlan, isFirst: boolean): Promise<void> {
  const { engine, signal, demo, made } = context;
  const { service, build, labels, told } = plan;
  const tag = toImageTag(demo, service);
  const before = await engine.imageId(tag);
  const options = {
    root: build.root ?? context.folder,
    leftOut: RECORDING_FOLDERS,
    context: build.context,
    dockerfile: build.dockerfile,
    inline: build.inline,
    args: build.args,
    target: build.target,
    tag,
    labels,
    noCache: context.fresh && isFirst,
    offline: context.offline,
  };
  const isPacked = await isFromPack(context, tag, before, labels);
  const events = isPacked ? engine.describeBuilt(options) : engine.build(options, signal);
  for await (const event of events) {
    if (event.type === 'image') made.images.set(service.name, event.id);
    else if (isNew(event, service.name, told)) tell(context, service.name, event);
  }
  made.plans.set(service.name, plan);
  // The image that the name pointed to until now would stay behind without a name.
  if (before !== undefined && before !== made.images.get(service.name))
    await engine.removeUnnamedImage(before);
}

/** A step that is built again after it was told is no news. */
function isNew(event: BuildEvent, service: string, told: Set<string>): boolean {
  if (event.type !== 'step') return true;
  const step = `${service}/${event.step}`;
  if (told.has(step) && event.state !== 'failed') return false;
  if (event.state === 'done' || event.state === 'cached') told.add(step);
  return true;
}

/**
 * An image that came in a pack has no build cache here, and its steps may need a network that a stage has not: as long as the
 * sources are those that it was built from, it is taken as it is.
 */
async function isFromPack(
  { fresh, packed, engine }: RunContext,
  tag: string,
  id: string | undefined,
  labels: Labels,
): Promise<boolean> {
  if (fresh || id === undefined || packed.get(tag) !== id) return false;
  return (await engine.imageLabels(tag))[SOURCES_LABEL] === labels[SOURCES_LABEL];
}

function tell(context: RunContext, service: string, event: Exclude<BuildEvent, { type: 'image' }>): void {
  if (event.type !== 'output') return context.emit({ ...event, service });
  const { type: _type, text, ...where } = event;
  context.output({ service, ...where }, Buffer.from(text));
}
