/** What a screen must know of a demo before it runs. */
export interface DemoSummary {
  name: string;
  title: string;
  views: string[];
  /** The Dockerfiles as they are now, for a panel that has not run yet. */
  sources: { service: string; file: string; text: string }[];
  /** What can be clicked to ask it, when it can be asked. */
  ask?: { examples: string[] };
  /** Names of the edits that are prepared. */
  edits?: string[];
  /** Letters type its commands, one each. */
  isTypedByKeys?: true;
  /** How long a silence of its recording lasts at most when it is played, in ms. */
  idleMs?: number;
  /** Whether an engine is there to run it. */
  canRun: boolean;
  /** Whether that is not known yet: an engine is looked for. */
  isLooking?: boolean;
  /** Whether that is because no engine answers: a run that was live is not known to be so any more. */
  noEngine?: boolean;
  /** Why it can't run, for people; absent when it can. */
  problem?: { message: string; hint: string };
  /** The recording that can be played instead. `date` is ISO 8601. */
  recording?: {
    date: string;
    standIn?: string;
    durationMs: number;
    slowestBuildMs: number;
    /** Where a published deck has its files, by their name in the demo's folder. */
    files?: Record<string, string>;
  };
  /** What it was allowed beyond the default, a sentence each, for the speaker. */
  allowed?: string[];
  /** Why its newest run was not recorded, for the speaker. */
  notRecorded?: string;
  /** Whether its recording is of a live run here and can become the deck's own, for the speaker. */
  canBeKept?: boolean;
}

/** Whether asking for a run makes sense: an engine is there, or is looked for. */
export function mayRun({ canRun, isLooking }: DemoSummary): boolean {
  return canRun || isLooking === true;
}
