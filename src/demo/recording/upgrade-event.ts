/** An event as a recording has it, before it is checked. */
export type WrittenEvent = Record<string, unknown>;
export type UpgradeStep = (event: WrittenEvent) => WrittenEvent;

/**
 * What makes an event of format N one of format N + 1: the first step leads from 1 to 2. Whoever raises `RUN_EVENT_VERSION` adds one
 * here, and recordings of every format before stay readable.
 */
const STEPS: readonly UpgradeStep[] = [];

/** An event of an older format, as today's has it. What is no event at all stays as it is, for the check that follows. */
export function upgradeEvent(data: unknown, format: number, steps: readonly UpgradeStep[] = STEPS): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return steps.slice(Math.max(0, format - 1)).reduce<WrittenEvent>((event, step) => step(event), { ...data });
}
