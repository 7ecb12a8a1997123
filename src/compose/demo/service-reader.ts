import type { ModelProblem } from '../model/problem.ts';
import { toName } from '../model/problem.ts';
import { asText, own, type Mapping, type Tree, type TreePath } from '../model/tree.ts';
import { parseDuration } from '../../demo/quantities.ts';
import type { Service } from '../../demo/service.ts';
import type { Lookup } from '../model/template.ts';
import type { Ask } from './asks.ts';

export interface ServiceParts {
  model: Mapping;
  /** The demo's folder, absolute. */
  folder: string;
  /** Variables of env files, by absolute path; those that aren't there are missing. */
  envFiles: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Variables of the project. */
  lookup: Lookup;
  /** Ports of this machine are taken as the project writes them. */
  takesPorts: boolean;
  asks: Ask[];
  problems: ModelProblem[];
  /** What is left out, in a sentence each. */
  notes: Set<string>;
}

/** A day: timers and engines count no further than some weeks. */
const MAX_MS = 24 * 3_600_000;

/** One service of the model while it is read: what it has, and where what is wrong with it goes. */
export class ServiceReader {
  readonly name: string;
  readonly raw: Tree;
  readonly parts: ServiceParts;
  /** Files that are put into its containers. */
  readonly files: NonNullable<Service['files']> = [];

  constructor(name: string, raw: Tree, parts: ServiceParts) {
    this.name = name;
    this.raw = raw;
    this.parts = parts;
  }

  get(key: string): Tree | undefined {
    return own(this.raw, key);
  }

  pathOf(path: TreePath): TreePath {
    return ['services', this.name, ...path];
  }

  /** Milliseconds of a duration up to a day; another value is told. */
  duration(value: Tree, path: TreePath): number | undefined {
    const ms = parseDuration(asText(value));
    if (ms !== undefined && ms <= MAX_MS) return ms;
    this.bad(path, value, 'a duration such as 500ms, 10s or 1m30s, up to 24h');
    return undefined;
  }

  /** It asks for more than the default; `text` says so in plain words, without a full stop. */
  ask(path: TreePath, text: string): void {
    this.parts.asks.push({ path: this.pathOf(path), text: `${text}.` });
  }

  bad(path: TreePath, value: Tree, expected: string): void {
    const where = this.pathOf(path);
    const message = `${toName(where)} can't be ${JSON.stringify(value)}.`;
    this.#tell({ code: 'bad-value', message, hint: `Expected ${expected}.`, path: where });
  }

  refuse(path: TreePath, why: string, hint: string): void {
    const where = this.pathOf(path);
    const message = `${toName(where)} is refused: ${why}.`;
    this.#tell({ code: 'refused-key', message, hint, path: where, isKey: true });
  }

  #tell(problem: ModelProblem): void {
    this.parts.problems.push(problem);
  }
}
