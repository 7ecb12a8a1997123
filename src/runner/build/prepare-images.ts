import path from 'node:path';
import type { Build, Service } from '../../demo/service.ts';
import type { StepState } from '../../demo/run/run-event.ts';
import { UserError } from '../../demo/user-error.ts';
import { readDockerfile } from '../../engine/build/context.ts';
import { EngineError } from '../../engine/engine-error.ts';
import { hashSources } from './hash-sources.ts';
import { buildServiceImage } from './build-image.ts';
import { DEMO_LABEL, SOURCES_LABEL } from '../instance.ts';
import { findNeededImages, type NeededImage } from './needed-images.ts';
import { RECORDING_FOLDERS } from '../recorder/recording-folders.ts';
import type { RunContext } from '../run-context.ts';

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
    const text = await readDockerfile({
      root: service.build.root ?? context.folder,
      leftOut: RECORDING_FOLDERS,
      ...service.build,
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
  for (const { service, build } of sources)
    await buildServiceImage(context, { service, build, labels, told });
}

async function pullMissing(context: RunContext, sources: readonly BuiltService[]): Promise<Set<string>> {
  // Told while pulling; the builder, which finds the image there, has nothing to add.
  const told = new Set<string>();
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
