import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Build, Service } from '../demo/demo.ts';
import type { StepState } from '../demo/run-event.ts';
import { UserError } from '../demo/user-error.ts';
import type { BuildEvent, Labels } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
import { hashSources } from './hash-sources.ts';
import { DEMO_LABEL, SOURCES_LABEL } from './instance.ts';
import { findNeededImages, type NeededImage } from './needed-images.ts';
import { type RunContext, toImageTag } from './run-context.ts';

interface BuiltService {
  service: Service;
  build: Build;
  text: string;
}

/** Tells the Dockerfiles first: a panel draws them before anything has happened. */
export async function readSources(context: RunContext): Promise<BuiltService[]> {
  const sources: BuiltService[] = [];
  for (const service of context.demo.services) {
    if (service.build === undefined) continue;
    const file = path.posix.join(service.build.context, service.build.dockerfile);
    const text = await readFile(path.join(context.folder, file), 'utf8').catch((error: unknown) => {
      const message = `demos/${context.demo.name}/${file} can't be read.`;
      throw new UserError(
        'no-dockerfile',
        message,
        'The service builds from it: write one, or name another.',
        {
          cause: error,
        },
      );
    });
    context.emit({ type: 'source', service: service.name, file, text });
    sources.push({ service, build: service.build, text });
  }
  return sources;
}

/** Pulls what is missing, then builds. What the engine has is never asked for again: talks are given without a network. */
export async function prepareImages(context: RunContext, sources: readonly BuiltService[]): Promise<void> {
  const told = await pullMissing(context, sources);
  if (sources.length === 0) return;
  context.emit({ type: 'phase', phase: 'building' });
  // Not the run's id: an image of the same sources must stay the same.
  const labels = { [DEMO_LABEL]: context.demo.name, [SOURCES_LABEL]: await hashSources(context.folder) };
  for (const source of sources) await build(context, source, labels, told);
}

/** Steps that were told while pulling; the builder, which finds the image there, has nothing to add. */
type ToldSteps = Set<string>;

async function pullMissing(context: RunContext, sources: readonly BuiltService[]): Promise<ToldSteps> {
  const told: ToldSteps = new Set();
  let isPulling = false;
  const textOf = (service: Service) => sources.find((source) => source.service === service)?.text ?? '';
  for (const wanted of findNeededImages(context.demo, textOf)) {
    if (await context.engine.hasImage(wanted.image)) continue;
    if (context.offline) throw notHere(wanted.image);
    if (!isPulling) context.emit({ type: 'phase', phase: 'pulling' });
    isPulling = true;
    await pull(context, wanted);
    if (wanted.from !== undefined) told.add(`${wanted.service}/${wanted.from.step}`);
  }
  return told;
}

/** Pulls an image. The FROM that names it is lit meanwhile: that is where the time goes. */
async function pull(context: RunContext, { image, service, from, of }: NeededImage): Promise<void> {
  const began = performance.now();
  const tellStep = (state: StepState): void => {
    if (from === undefined) return;
    const { step, line, text: name } = from;
    const ms = state === 'running' ? {} : { ms: Math.round(performance.now() - began) };
    context.emit({ type: 'step', service, step, of, line, name, state, ...ms });
  };
  tellStep('running');
  try {
    for await (const progress of context.engine.pull(image, context.signal)) {
      context.emit({ type: 'progress', service, ...progress });
    }
  } catch (error) {
    tellStep('failed');
    if (!(error instanceof EngineError) || error.isUnreachable) throw error;
    throw cannotPull(image, error);
  }
  tellStep('done');
}

function pullFirst(image: string): string {
  return `Run \`docker pull ${image}\` where there is a network; after that none is needed.`;
}

function notHere(image: string): UserError {
  return new UserError('no-base-image', `The image ${image} is not on this machine.`, pullFirst(image));
}

function cannotPull(image: string, error: EngineError): UserError {
  const message = `The image ${image} can't be pulled: ${error.message}`;
  return new UserError('no-base-image', message, pullFirst(image), { cause: error });
}

async function build(
  context: RunContext,
  { service, build }: BuiltService,
  labels: Labels,
  told: ToldSteps,
): Promise<void> {
  const tag = toImageTag(context.demo, service);
  const before = await context.engine.imageId(tag);
  const options = {
    context: path.join(context.folder, build.context),
    dockerfile: build.dockerfile,
    args: build.args,
    target: build.target,
    tag,
    labels,
    noCache: context.fresh,
    offline: context.offline,
  };
  const isPacked = await isFromPack(context, tag, before, labels);
  const { engine, signal } = context;
  const events = isPacked ? engine.describeBuilt(options) : engine.build(options, signal);
  let id = before;
  for await (const event of events) {
    if (event.type === 'step' && told.has(`${service.name}/${event.step}`)) continue;
    if (event.type === 'image') id = event.id;
    else tell(context, service.name, event);
  }
  // The image that the name pointed to until now would stay behind without a name.
  if (before !== undefined && before !== id) await context.engine.removeImage(before);
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
  if (event.type !== 'output') context.emit({ ...event, service });
  else if (event.step === undefined) context.output({ service }, Buffer.from(event.text));
  else context.output({ service, step: event.step }, Buffer.from(event.text));
}
