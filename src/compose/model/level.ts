import type { ModelProblem } from './problem.ts';
import type { ProjectFiles } from './project-files.ts';
import type { Lookup } from './template.ts';
import type { YamlFile } from './yaml-file.ts';

/** What loading shares: the files that were read, and what was noticed. */
export interface Loading {
  files: ProjectFiles;
  home: string | undefined;
  sources: YamlFile[];
  unset: Set<string>;
  /** What the specification's schema finds wrong: left out of the model. */
  problems: ModelProblem[];
}

/** Files that are put over each other: the project's own, or those of one include. */
export interface Level {
  loading: Loading;
  files: readonly YamlFile[];
  paths: readonly string[];
  folder: string;
  lookup: Lookup;
  /** The files that include these. */
  included: readonly string[];
}
