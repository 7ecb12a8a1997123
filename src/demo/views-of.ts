import type { Demo } from './demo.ts';
import type { ViewKind } from './view.ts';

/** Kinds that can be of one service. */
const OF_SERVICE: readonly ViewKind[] = ['logs', 'shell'];

/** Every view that a slide may name of this demo. */
export function viewsOf({
  views,
  services,
  apps = [],
  edit = [],
}: Pick<Demo, 'views' | 'services' | 'apps' | 'edit'>): string[] {
  const ofServices = services.flatMap(({ name }) => OF_SERVICE.map((kind) => `${kind}:${name}`));
  const ofApps = apps.map(({ name }) => `app:${name}`);
  const ofFiles = edit.map((file) => `edit:${file}`);
  return [...new Set([...views, 'logs', 'map', 'shell', ...ofApps, ...ofServices, ...ofFiles])];
}

/**
 * What a slide may name of this demo: its views; as `type:NAME` and `play:NAME` what steps may type and play; as `run:LANGUAGE` what code it runs
 * beyond the usual.
 */
export function namesOf(
  demo: Pick<Demo, 'views' | 'services' | 'apps' | 'edit' | 'edits' | 'commands' | 'interpreters'>,
): string[] {
  const edits = (demo.edits ?? []).map(({ name }) => `play:${name}`);
  const languages = Object.keys(demo.interpreters ?? {}).map((language) => `run:${language}`);
  return [
    ...viewsOf(demo),
    ...edits,
    ...languages,
    ...(demo.commands ?? []).map(({ name }) => `type:${name}`),
  ];
}
