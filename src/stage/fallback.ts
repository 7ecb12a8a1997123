/** When a live run fails or takes too long: whether the recording goes on in its place. Pure. */

/** A speaker view or phone that shows says so this often, in ms: who can be asked is part of the stage. */
export const SHOWN_EVERY_MS = 3000;

/** What the speaker is asked, while the audience sees the run as it was. */
export interface FallbackOffer {
  /** Of the run, or of one of its commands. */
  reason: 'failed' | 'slow' | 'command';
  /** The server's clock in ms. */
  since: number;
  /** What went wrong, and what to do about it, for people. */
  message: string;
  hint: string;
  /** A speaker view shows it. Until one does, the panel offers it itself. */
  isSeen: boolean;
}

/** Where the recording goes on in the place of a run. */
export interface LeftPlace {
  /** Ms on its time line. */
  at: number;
  /** How many of its events come before, and are not played. */
  before: number;
}
