import type { Demo } from '../demo.ts';

/**
 * Whether a second copy of a demo may run beside the first. What `x-demo.spare` says counts; else one that writes into a volume or
 * a folder has none, since both copies would write into the same.
 */
export function allowsSpare(demo: Demo): boolean {
  return demo.spare ?? demo.services.every(({ mounts }) => mounts.every(({ readOnly }) => readOnly));
}

/** What a copy of the demo may take of the engine's memory, in bytes. */
export function memoryOf({ services }: Demo): number {
  return services.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
}
