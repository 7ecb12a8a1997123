import { AUDIENCE_VERSION, type AudienceSnapshot } from '../stage/audience.ts';

/** Everything as it is now, for those who asked. */
export interface SnapshotMessage {
  format: string;
  /** Of the last message that is in the snapshot. */
  number: number;
  snapshot: AudienceSnapshot;
  /** What those who asked called themselves: an old answer that somebody sends again doesn't name them. */
  asking: readonly string[];
}

export function toSnapshotMessage(
  number: number,
  snapshot: AudienceSnapshot,
  asking: readonly string[],
): SnapshotMessage {
  return { format: AUDIENCE_VERSION, number, snapshot, asking };
}
