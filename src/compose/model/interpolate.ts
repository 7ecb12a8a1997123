import { fillIn, TemplateError, type Lookup } from './template.ts';
import type { ModelProblem } from './problem.ts';
import { toName } from './problem.ts';
import { forPaths, firstFit, rewrite, type Mapping, type Tree, type TreePath } from './tree.ts';

type Cast = (text: string) => Tree | undefined;

const INT: Cast = (text) => (/^[-+]?\d+$/u.test(text) ? Number(text) : undefined);
const FLOAT: Cast = (text) =>
  text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
const BOOLEAN: Cast = (text) => BOOLEANS.get(text.toLowerCase());
const BOOLEANS = new Map([
  ...['true', 'y', 'yes', 'on'].map((word) => [word, true] as const),
  ...['false', 'n', 'no', 'off'].map((word) => [word, false] as const),
]);

/** Keys whose texts are numbers or truth values: a variable can only give a text. Source: compose-go, loader/interpolate.go. */
const CASTS = new Map<string, Cast>([
  ...forPaths(BOOLEAN, 'external internal attachable enable_ipv4 enable_ipv6', 'networks.*.'),
  ...forPaths(BOOLEAN, 'volumes.*.external secrets.*.external configs.*.external', ''),
  ...forPaths(
    INT,
    'cpu_count cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares oom_score_adj pids_limit',
    'services.*.',
  ),
  ...forPaths(
    INT,
    'ulimits.* ulimits.*.hard ulimits.*.soft healthcheck.retries ports.*.target deploy.replicas scale',
    'services.*.',
  ),
  ...forPaths(
    INT,
    'update_config.parallelism rollback_config.parallelism restart_policy.max_attempts',
    'services.*.deploy.',
  ),
  ...forPaths(INT, 'placement.max_replicas_per_node', 'services.*.deploy.'),
  ...forPaths(
    FLOAT,
    'cpu_percent cpus deploy.update_config.max_failure_ratio deploy.rollback_config.max_failure_ratio',
    'services.*.',
  ),
  ...forPaths(
    BOOLEAN,
    'init oom_kill_disable privileged read_only stdin_open tty healthcheck.disable',
    'services.*.',
  ),
  ...forPaths(
    BOOLEAN,
    'volumes.*.read_only volumes.*.volume.nocopy depends_on.*.required depends_on.*.restart',
    'services.*.',
  ),
]);

export interface Interpolated {
  data: Mapping;
  problems: ModelProblem[];
}

/** A file's data with all variables filled in. Values that can't be are told, all of them. */
export function interpolate(data: Mapping, lookup: Lookup, onUnset: (name: string) => void): Interpolated {
  const problems: ModelProblem[] = [];
  const change = (value: Tree, path: TreePath): Tree | undefined => {
    if (typeof value !== 'string') return undefined;
    try {
      const text = fillIn(value, lookup, { onUnset });
      return cast(text, path, problems);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      problems.push({
        code: 'variable',
        message: `${toName(path)}: ${error.message}`,
        hint: error.hint,
        path,
      });
      return value;
    }
  };
  return { data: rewrite(data, change) as Mapping, problems };
}

function cast(text: string, path: TreePath, problems: ModelProblem[]): Tree {
  const to = firstFit(path, CASTS);
  if (to === undefined) return text;
  const value = to(text);
  if (value !== undefined) return value;
  const wanted = to === BOOLEAN ? 'true or false' : 'a number';
  const message = `${toName(path)} can't be ${JSON.stringify(text)}.`;
  problems.push({ code: 'bad-value', message, hint: `Expected ${wanted}.`, path });
  return text;
}
