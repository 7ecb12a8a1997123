/** What a screen must know of a demo before it runs. */
export interface DemoSummary {
  name: string;
  title: string;
  views: string[];
  /** Whether an engine is there to run it. */
  canRun: boolean;
  /** Why it can't run, for people; absent when it can. */
  problem?: { message: string; hint: string };
  /** The recording that can be played instead. `date` is ISO 8601. */
  recording?: { date: string; standIn?: string; durationMs: number };
}
