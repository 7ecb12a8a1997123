import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { findBaseImages } from '../engine/build/base-images.ts';
import { parseDockerfile } from '../engine/build/dockerfile.ts';
import type { Build, Service } from '../demo/demo.ts';
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
  await pullMissing(context, sources);
  if (sources.length === 0) return;
  context.emit({ type: 'phase', phase: 'building' });
  for (const source of sources) await build(context, source);
}

async function pullMissing(context: RunContext, sources: readonly BuiltService[]): Promise<void> {
  const wanted = new Map<string, string>();
  for (const { service, build, text } of sources) {
    const images = findBaseImages(parseDockerfile(text), build.args, build.target);
    for (const image of images) wanted.set(image, service.name);
  }
  for (const { name, build, image } of context.demo.services) {
    if (build === undefined && image !== undefined) wanted.set(image, name);
  }
  let isTold = false;
  for (const [image, service] of wanted) {
    if (await context.engine.hasImage(image)) continue;
    if (!isTold) context.emit({ type: 'phase', phase: 'pulling' });
    isTold = true;
    await pull(context, image, service);
  }
}

async function pull(context: RunContext, image: string, service: string): Promise<void> {
  try {
    for await (const progress of context.engine.pull(image, context.signal)) {
      context.emit({ type: 'progress', service, ...progress });
    }
  } catch (error) {
    if (!(error instanceof EngineError) || error.isUnreachable) throw error;
    const message = `The image ${image} can't be pulled: ${error.message}`;
    const hint = `Run \`docker pull ${image}\` where there is a network; after that none is needed.`;
    throw new UserError('no-base-image', message, hint, { cause: error });
  }
}

async function build(context: RunContext, { service, build }: BuiltService): Promise<void> {
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
