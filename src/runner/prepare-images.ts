import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { findBaseImages } from '../engine/build/base-images.ts';
import { type Instruction, parseDockerfile } from '../engine/build/dockerfile.ts';
import type { Build, Service } from '../demo/demo.ts';
import type { StepState } from '../demo/run-event.ts';
import { UserError } from '../demo/user-error.ts';
import type { BuildEvent } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
import { DEMO_LABEL } from './instance.ts';
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
  for (const source of sources) await build(context, source, told);
}

/** What a pull is for: the service, and the FROM that names it when it is one. */
interface Wanted {
  image: string;
  service: string;
  from?: Instruction | undefined;
  of: number;
}

/** Steps that were told while pulling; the builder, which finds the image there, has nothing to add. */
type ToldSteps = Set<string>;

async function pullMissing(context: RunContext, sources: readonly BuiltService[]): Promise<ToldSteps> {
  const told: ToldSteps = new Set();
  let isPulling = false;
  for (const wanted of listWanted(context, sources)) {
    if (await context.engine.hasImage(wanted.image)) continue;
    if (!isPulling) context.emit({ type: 'phase', phase: 'pulling' });
    isPulling = true;
    await pull(context, wanted);
    if (wanted.from !== undefined) told.add(`${wanted.service}/${wanted.from.step}`);
  }
  return told;
}

function listWanted(context: RunContext, sources: readonly BuiltService[]): Wanted[] {
  const wanted = sources.flatMap(({ service, build, text }) => {
    const dockerfile = parseDockerfile(text);
    const of = dockerfile.instructions.length;
    const images = findBaseImages(dockerfile, build.args, build.target);
    return images.map(({ name, from }): Wanted => ({ image: name, service: service.name, from, of }));
  });
  for (const { name, build, image } of context.demo.services) {
    if (build === undefined && image !== undefined) wanted.push({ image, service: name, of: 0 });
  }
  return wanted;
}

/** Pulls an image. The FROM that names it is lit meanwhile: that is where the time goes. */
async function pull(context: RunContext, { image, service, from, of }: Wanted): Promise<void> {
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

function cannotPull(image: string, error: EngineError): UserError {
  const message = `The image ${image} can't be pulled: ${error.message}`;
  const hint = `Run \`docker pull ${image}\` where there is a network; after that none is needed.`;
  return new UserError('no-base-image', message, hint, { cause: error });
}

async function build(context: RunContext, { service, build }: BuiltService, told: ToldSteps): Promise<void> {
  const tag = toImageTag(context.demo, service);
  const before = await context.engine.imageId(tag);
  const events = context.engine.build(
    {
      context: path.join(context.folder, build.context),
      dockerfile: build.dockerfile,
      args: build.args,
      target: build.target,
      tag,
      // Not the run's id: an image that is the same must stay the same.
      labels: { [DEMO_LABEL]: context.demo.name },
      noCache: context.fresh,
    },
    context.signal,
  );
  let id = before;
  for await (const event of events) {
    if (event.type === 'step' && told.has(`${service.name}/${event.step}`)) continue;
    if (event.type === 'image') id = event.id;
    else tell(context, service.name, event);
  }
  // The image that the name pointed to until now would stay behind without a name.
  if (before !== undefined && before !== id) await context.engine.removeImage(before);
}

function tell(context: RunContext, service: string, event: Exclude<BuildEvent, { type: 'image' }>): void {
  if (event.type !== 'output') context.emit({ ...event, service });
  else if (event.step === undefined) context.output({ service }, event.text);
  else context.output({ service, step: event.step }, event.text);
}
