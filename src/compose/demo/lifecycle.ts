/** How a service lives: how many of it, what starts it again, which files it follows. */
import { LIMITS } from '../../demo/demo.ts';
import { type Service } from '../../demo/service.ts';
import { toList, asText, own } from '../model/tree.ts';
import { toHook } from './hooks.ts';
import type { ServiceReader } from './service-reader.ts';
import { at, toInside, toTexts } from './values.ts';

/** `restart`, or what a swarm would do: `deploy.restart_policy`. */
export function restart(r: ServiceReader): Pick<Service, 'restart'> {
  const policy = at(r.raw, 'deploy', 'restart_policy');
  const written = asText(r.get('restart') ?? own(policy, 'condition') ?? 'no');
  const [when, count] = written.split(':');
  const most = Number(count ?? own(policy, 'max_attempts') ?? 0);
  const limit = most > 0 ? { most } : {};
  if (when === 'always' || when === 'unless-stopped' || when === 'any')
    return { restart: { when: 'always', ...limit } };
  return when === 'on-failure' ? { restart: { when, ...limit } } : {};
}

/** How many of it start: `scale`, or `deploy.replicas`. */
export function replicas(r: ServiceReader): Pick<Service, 'replicas'> {
  const wanted = Number(r.get('scale') ?? at(r.raw, 'deploy', 'replicas') ?? 1);
  if (wanted > LIMITS.maxReplicas)
    r.parts.notes.add(
      `${LIMITS.maxReplicas} containers of "${r.name}" start, not ${wanted}: more don't fit on a slide.`,
    );
  return wanted === 1 ? {} : { replicas: Math.min(wanted, LIMITS.maxReplicas) };
}

const WATCH_ACTIONS = ['sync', 'sync+restart', 'sync+exec', 'restart', 'rebuild'] as const;

/** What follows the project's files. What can't is left out, which is told. */
export function watchRules(r: ServiceReader): Pick<Service, 'watch'> {
  const rules = toList(at(r.raw, 'develop', 'watch')).flatMap((rule, i) => {
    const written = asText(own(rule, 'path'));
    const path = toInside(r.parts.folder, written);
    const action = WATCH_ACTIONS.find((one) => one === asText(own(rule, 'action')));
    if (action === undefined || path === undefined) {
      const why =
        path === undefined ? 'it is outside the project' : `its action is ${asText(own(rule, 'action'))}`;
      r.parts.notes.add(`"${r.name}" does not follow ${written}: ${why}. Run it again instead.`);
      return [];
    }
    const exec =
      action === 'sync+exec'
        ? toHook(r, own(rule, 'exec') ?? null, ['develop', 'watch', i, 'exec'])
        : undefined;
    if (action === 'sync+exec' && exec === undefined) return [];
    return [
      {
        action,
        path,
        ...(exec === undefined ? {} : { exec }),
        target: asText(own(rule, 'target') ?? ''),
        ignore: toTexts(own(rule, 'ignore')),
      },
    ];
  });
  return rules.length === 0 ? {} : { watch: rules };
}
