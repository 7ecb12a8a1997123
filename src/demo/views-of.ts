import type { Demo } from './demo.ts';
import type { ViewKind } from './view.ts';

/** Kinds that can be of one service. */
const OF_SERVICE: readonly ViewKind[] = ['logs', 'shell'];

/** Every view that a slide may name of this demo. */
export function viewsOf({ views, services, apps = [] }: Pick<Demo, 'views' | 'services' | 'apps'>): string[] {
  const ofServices = services.flatMap(({ name }) => OF_SERVICE.map((kind) => `${kind}:${name}`));
  const ofApps = apps.map(({ name }) => `app:${name}`);
  return [...new Set([...views, 'logs', 'map', 'shell', ...ofApps, ...ofServices])];
}

/** What a slide may name of this demo: its views, and its commands as the steps that type them. */
export function namesOf(demo: Pick<Demo, 'views' | 'services' | 'apps' | 'commands'>): string[] {
  return [...viewsOf(demo), ...(demo.commands ?? []).map(({ name }) => `type:${name}`)];
}
