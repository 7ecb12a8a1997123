import type { Drawings } from './drawing.ts';
import type { TalkPlan } from './talk-plan.ts';
import type { DemoSummary } from '../demo/demo-summary.ts';

/** What the server tells a page when it serves it. */
export interface PageData {
  /** Shown with every change that the page asks for. */
  token: string;
  /** Of this server process: a page of a former one reloads itself. */
  instance: string;
  deckVersion: number;
  demos: DemoSummary[];
  /**
   * The address was typed, taken from a bookmark or followed from a page of ours: no other web page has led here, and what it says counts.
   */
  isAskedFor?: boolean;
  /** For the speaker view: how long each slide should take. */
  plan?: TalkPlan;
  /** `static` has no server. */
  mode: 'live' | 'static';
  /** Where a published deck's pages are, seen from each of them. */
  site?: PublishedPages;
}

export interface PublishedPages {
  deck: string;
  speaker: string;
  /** The service worker that keeps the deck for later, where there is one. */
  worker?: string;
}

/** What the service worker of a published deck keeps. */
export interface SiteBuild {
  version: string;
  /** Relative to the worker; `isHashed` when the name tells the content, so that a kept one is the same. */
  files: { name: string; isHashed: boolean }[];
}

/** What the page that becomes the PDF is told. */
export interface PrintData {
  demos: DemoSummary[];
  /** Where the deck is published, for links from the paper to its replays. */
  site: string | undefined;
  drawings: Drawings;
}
