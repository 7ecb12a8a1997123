import { randomUUID } from 'node:crypto';
import type { BuildEvent, BuildOptions, EngineFacts } from '../engine.ts';
import { UserError } from '../../demo/user-error.ts';
import { BuildFailure, EngineError } from '../engine-error.ts';
import type { HttpApi, Query } from '../http-api.ts';
import { readJsonLines } from '../json-lines.ts';
import { createBuildkitTranslator, type Translator } from './buildkit.ts';
import { toBuildFailure } from './build-failure.ts';
import { createClassicTranslator } from './classic.ts';
import { packContext, readDockerfile } from './context.ts';
import { type Dockerfile, parseDockerfile } from './dockerfile.ts';
import { toLayers } from './layers.ts';

type BuilderFacts = Pick<EngineFacts, 'builder' | 'flavour'>;

/** Builds an image by either builder. Source: Engine API, `POST /build`. */
export async function* buildImage(
  api: HttpApi,
  facts: BuilderFacts,
  options: BuildOptions,
  signal: AbortSignal,
): AsyncGenerator<BuildEvent> {
  const { builder } = facts;
  const text = await readDockerfile(options);
  const dockerfile = parseDockerfile(text);
  refuseWhatNeedsSession(dockerfile);
  const translator =
    builder === 'buildkit'
      ? await createBuildkitTranslator(dockerfile)
      : createClassicTranslator(dockerfile, () => performance.now());
  const buildId = randomUUID();
  const onAbort = (): void => void cancel(api, buildId);
  signal.addEventListener('abort', onAbort, { once: true });
  const packed = await packContext(options, signal, withoutOfficialSyntax(text, dockerfile));
  let id: string | undefined;
  try {
    const query = { ...toQuery(options, facts), buildid: buildId };
    const answer = await api.stream('POST', '/build', { query, body: packed.archive, signal });
    const messages = noteId(readJsonLines(answer, signal), (made) => (id = made));
    for await (const event of translate(messages, translator)) {
      if (mayUseNetwork(event, options, facts)) {
        await cancel(api, buildId);
        throw notCached(dockerfile, event);
      }
      yield event;
    }
  } catch (error) {
    if (signal.aborted) throw error;
    throw packed.problem ?? (isRefusedDockerfile(error) ? toBuildFailure(error.message, undefined) : error);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  yield* describeImage(api, dockerfile, options, id);
}

/** The image's own id, which both builders tell: by its name one may find what another Deckhand has built meanwhile. */
async function* noteId(messages: AsyncIterable<unknown>, onId: (id: string) => void): AsyncGenerator {
  for await (const message of messages) {
    const aux = typeof message === 'object' && message !== null && 'aux' in message ? message.aux : undefined;
    if (typeof aux === 'object' && aux !== null && 'ID' in aux) onId(String(aux.ID));
    yield message;
  }
}

/** What a build would tell that finds everything in its cache, of an image that is there. Nothing is built. */
export async function* describeBuilt(api: HttpApi, options: BuildOptions): AsyncGenerator<BuildEvent> {
  const dockerfile = parseDockerfile(await readDockerfile(options));
  const of = dockerfile.instructions.length;
  const last = finalStage(dockerfile, options.target);
  for (const { step, line, text: name, stage } of dockerfile.instructions) {
    if (stage >= 0 && stage <= last) yield { type: 'step', step, of, line, name, state: 'cached', ms: 0 };
  }
  yield* describeImage(api, dockerfile, options);
}

function toQuery(options: BuildOptions, facts: BuilderFacts): Query {
  return {
    t: options.tag,
    dockerfile: options.dockerfile,
    buildargs: JSON.stringify(options.args),
    labels: JSON.stringify(options.labels),
    target: options.target,
    nocache: options.noCache ? true : undefined,
    // The containers of steps that failed or were cancelled go as well.
    rm: true,
    forcerm: true,
    version: facts.builder === 'buildkit' ? 2 : 1,
    networkmode: options.offline === true && canCut(options, facts) ? 'none' : undefined,
  };
}

/**
 * Whether steps can be run without a network. BuildKit's cache knows the network that a step had: without one, nothing would be
 * found in it. Podman 4 builds in its host's network, whatever it is told.
 */
function canCut({ noCache }: BuildOptions, { builder, flavour }: BuilderFacts): boolean {
  return flavour === 'docker' && (builder === 'classic' || noCache);
}

/** Where the network can't be cut, what comes from the cache is fine, and what runs is not. */
function mayUseNetwork(
  event: BuildEvent,
  options: BuildOptions,
  facts: BuilderFacts,
): event is BuildEvent & { step: number } {
  if (options.offline !== true || canCut(options, facts)) return false;
  if (event.type === 'output') return event.step !== undefined;
  return event.type === 'step' && event.state === 'done' && /^(?:RUN|ADD) /u.test(event.name);
}

function notCached({ instructions }: Dockerfile, { step }: { step: number }): UserError {
  const found = instructions.find((instruction) => instruction.step === step);
  const line = found === undefined ? '' : `line ${found.line}, `;
  const message = `Not in the build cache, so it would have to run: ${line}${found?.text ?? `step ${step}`}`;
  return new UserError('not-cached', message, 'Build it once with a network: then it is on this machine.');
}

/**
 * BuildKit goes on for a while when only the connection closes. The classic builder doesn't know this call, nor needs it.
 * Podman (4.3) notices the closed connection between two steps only, and no call of its API ends a step's process: taking
 * the step's working container away leaves the process running, on files that are gone.
 */
async function cancel(api: HttpApi, buildId: string): Promise<void> {
  await api.call('POST', '/build/cancel', { query: { id: buildId } }).catch(() => {});
}

/** Characters of a build's last output that may tell why it failed. */
const TAIL = 2000;

async function* translate(
  messages: AsyncIterable<unknown>,
  translator: Translator,
): AsyncGenerator<BuildEvent> {
  let printed = '';
  for await (const message of messages) {
    const said = errorOf(message);
    if (said !== undefined) {
      const { events, error } = translator.failure(said, printed);
      yield* events;
      throw error;
    }
    for (const event of translator.events(message)) {
      if (event.type === 'output') printed = (printed + event.text.slice(-TAIL)).slice(-TAIL);
      yield event;
    }
  }
  yield* translator.end();
}

/** A build that failed still answers 200: it says so in its stream. */
function errorOf(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || !('error' in message)) return undefined;
  return String(message.error);
}

/** The classic builder reads the Dockerfile before it answers, and refuses one that it can't read. */
function isRefusedDockerfile(error: unknown): error is EngineError {
  return error instanceof EngineError && /dockerfile|build stage|target/iu.test(error.message);
}

/** The frontend that engines have built in. */
const OFFICIAL_SYNTAX = /^(?:docker\.io\/)?docker\/dockerfile(?::1(?:\.\d+){0,2}(?:-labs)?|:latest)?$/u;

function isOfficial({ directives }: Dockerfile): boolean {
  const syntax = directives.get('syntax');
  // A directive after it would be one no more.
  return syntax !== undefined && OFFICIAL_SYNTAX.test(syntax) && [...directives.keys()].at(-1) === 'syntax';
}

/** The Dockerfile for an engine that needs no other frontend than its own: the directive becomes a comment, and every line stays where it is. */
function withoutOfficialSyntax(text: string, dockerfile: Dockerfile): string | undefined {
  return isOfficial(dockerfile)
    ? text.replace(/^(?<before>\uFEFF?(?:#.*\n)*?#\s*syntax\s*)=/iu, '$<before> ')
    : undefined;
}

/** `# syntax=`, secrets and ssh mounts are fetched from the client over a gRPC session, which we don't serve. */
function refuseWhatNeedsSession(dockerfile: Dockerfile): void {
  const syntax = dockerfile.directives.get('syntax');
  if (syntax !== undefined && !isOfficial(dockerfile)) {
    const message = `Line 1: "# syntax=${syntax}" needs a build session, which Deckhand doesn't open: remove the line, or build it with docker buildx`;
    throw new BuildFailure(message, 1);
  }
  const mount = dockerfile.instructions.find(
    ({ verb, text }) => verb === 'RUN' && /\s--mount=\S*type=(?:secret|ssh)/u.test(text),
  );
  if (mount !== undefined) {
    throw new BuildFailure(
      `Line ${mount.line}: secret and ssh mounts are outside what Deckhand builds`,
      mount.line,
    );
  }
}

/** What can be told when the image is there: its id, and how large each layer is. */
async function* describeImage(
  api: HttpApi,
  dockerfile: Dockerfile,
  options: BuildOptions,
  id = options.tag,
): AsyncGenerator<BuildEvent> {
  const name = encodeURIComponent(id);
  const [image, history] = await Promise.all([
    api.json<{ Id: string }>('GET', `/images/${name}/json`),
    api.json<{ CreatedBy: string; Size: number }[]>('GET', `/images/${name}/history`),
  ]);
  const entries = history.map(({ CreatedBy: createdBy, Size: size }) => ({ createdBy, size }));
  const layers = [...toLayers(dockerfile, finalStage(dockerfile, options.target), entries)].toSorted(
    ([a], [b]) => a - b,
  );
  for (const [step, bytes] of layers) {
    yield { type: 'layer', step, bytes };
  }
  yield { type: 'image', id: image.Id };
}

function finalStage(dockerfile: Dockerfile, target: string | undefined): number {
  const froms = dockerfile.instructions.filter(({ verb }) => verb === 'FROM');
  if (target === undefined) return froms.length - 1;
  const ending = ` as ${target.toLowerCase()}`;
  const named = froms.findIndex(({ text }) => text.toLowerCase().endsWith(ending));
  return named === -1 ? Number(target) : named;
}
