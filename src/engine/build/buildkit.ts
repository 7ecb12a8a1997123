import type { BuildEvent } from '../engine.ts';
import type { BuildFailure } from '../engine-error.ts';
import { toBuildFailure } from './build-failure.ts';
import { toStages } from './base-images.ts';
import {
  type BuildkitStatus,
  loadStatusDecoder,
  type Vertex,
  type VertexLog,
  type VertexStatus,
} from './buildkit-status.ts';
import type { Dockerfile, Instruction } from './dockerfile.ts';
import { StepTracker } from './step-tracker.ts';

/** Turns one builder's stream, message by message, into our events. */
export interface Translator {
  events(message: unknown): Iterable<BuildEvent>;
  /** What is left to say when the stream has ended well. */
  end(): Iterable<BuildEvent>;
  /** The stream said that the build failed, after it had printed this. */
  failure(said: string, printed: string): { events: Iterable<BuildEvent>; error: BuildFailure };
}

/** What we know of one vertex: a node of BuildKit's graph, which is one instruction or something internal. */
interface Known {
  instruction: Instruction;
  /** For its two outputs, which come in bytes and may be cut inside a character. */
  stdout: TextDecoder;
  stderr: TextDecoder;
}

/** `[3/5] RUN …`, `[builder 2/4] COPY …`, `[linux/amd64 builder 2/4] …`; from ten steps on, `[ 3/10] RUN …`. */
const STEP_NAME = /^\[(?:(?<before>[^\]]*\S) +)? *(?<number>\d+)\/(?<of>\d+)\] (?<rest>.*)$/su;

export async function createBuildkitTranslator(dockerfile: Dockerfile): Promise<Translator> {
  return new BuildkitTranslator(dockerfile, await loadStatusDecoder());
}

class BuildkitTranslator implements Translator {
  readonly #tracker: StepTracker;
  readonly #decode: (base64: string) => BuildkitStatus;
  readonly #vertices = new Map<string, Known>();

  constructor(dockerfile: Dockerfile, decode: (base64: string) => BuildkitStatus) {
    this.#tracker = new StepTracker(dockerfile);
    this.#decode = decode;
  }

  *events(message: unknown): Generator<BuildEvent> {
    if (typeof message !== 'object' || message === null) return;
    if (!('id' in message) || message.id !== 'moby.buildkit.trace' || !('aux' in message)) return;
    const status = this.#decode(String(message.aux));
    for (const vertex of status.vertexes) yield* this.#onVertex(vertex);
    for (const one of status.statuses) yield* this.#onProgress(one);
    for (const log of status.logs) yield* this.#onOutput(log);
  }

  *#onVertex(vertex: Vertex): Generator<BuildEvent> {
    const known = this.#vertices.get(vertex.digest) ?? this.#learn(vertex);
    if (known === undefined || vertex.started === undefined) return;
    const { instruction } = known;
    yield* this.#tracker.settleBefore(instruction, vertex.cached);
    if (vertex.completed === undefined) {
      yield* this.#tracker.change(instruction, 'running');
      return;
    }
    const ms = vertex.completed - vertex.started;
    if (vertex.error === '') yield* this.#tracker.complete(instruction, vertex.cached, ms);
    else yield* this.#tracker.change(instruction, 'failed', ms);
  }

  *#onProgress({ vertex, id, current, total }: VertexStatus): Generator<BuildEvent> {
    const known = this.#vertices.get(vertex);
    if (known === undefined || total === 0) return;
    this.#tracker.pulls(known.instruction);
    yield { type: 'progress', item: id, done: current, total };
  }

  #learn(vertex: Vertex): Known | undefined {
    const instruction = findInstruction(this.#tracker.dockerfile, vertex.name);
    if (instruction === undefined) return undefined;
    const known = { instruction, stdout: new TextDecoder(), stderr: new TextDecoder() };
    this.#vertices.set(vertex.digest, known);
    return known;
  }

  *#onOutput({ vertex, isStderr, bytes }: VertexLog): Generator<BuildEvent> {
    const known = this.#vertices.get(vertex);
    if (known === undefined) return;
    const text = (isStderr ? known.stderr : known.stdout).decode(bytes, { stream: true });
    const { step } = known.instruction;
    if (text !== '') yield { type: 'output', step, ...(isStderr ? { isStderr } : {}), text };
  }

  end(): Iterable<BuildEvent> {
    return this.#tracker.settleRest();
  }

  failure(said: string, printed: string): { events: Iterable<BuildEvent>; error: BuildFailure } {
    const { instructions } = this.#tracker.dockerfile;
    const failed = instructions.find((instruction) => this.#tracker.stateOf(instruction) === 'failed');
    return { events: [], error: toBuildFailure(said, failed, printed) };
  }
}

/** BuildKit numbers, stage by stage, only the instructions that are work; FROM counts when it is an image. */
function findInstruction(dockerfile: Dockerfile, name: string): Instruction | undefined {
  const groups = STEP_NAME.exec(name)?.groups;
  if (groups === undefined) return undefined;
  const stages = toStages(dockerfile, {});
  // Without a name, a stage is called `stage-2`; with one stage only, it is not called anything.
  const stageName = groups['before']?.split(' ').at(-1);
  const byName = stages.findIndex((stage, i) => (stage.name || `stage-${i}`) === stageName);
  const index = stageName === undefined || byName === -1 ? stages.length - 1 : byName;
  const own = dockerfile.instructions.filter((instruction) => instruction.stage === index);
  const base = stages[index]?.base.toLowerCase() ?? '';
  const isOwnBase =
    base === 'scratch' || stages.slice(0, index).some((stage) => stage.name !== '' && stage.name === base);
  const work = own.filter(({ verb }) =>
    verb === 'FROM' ? !isOwnBase : ['RUN', 'COPY', 'ADD', 'WORKDIR'].includes(verb),
  );
  const number = Number(groups['number']);
  // A base image's ONBUILD instructions come between FROM and ours, and are in no line of this file.
  const extra = Math.max(0, Number(groups['of']) - work.length);
  if (number === 1) return work[0];
  return number - 1 <= extra - (isOwnBase ? 1 : 0) ? undefined : work[number - 1 - extra];
}
