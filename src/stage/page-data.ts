import type { DemoSummary } from '../demo/demo-summary.ts';

/** What the server tells a page when it serves it. */
export interface PageData {
  /** Shown with every change that the page asks for. */
  token: string;
  /** Of this server process: a page of a former one reloads itself. */
  instance: string;
  deckVersion: number;
  demos: DemoSummary[];
  /** `print` shows panels by the last frame of their recording, and follows nobody. */
  mode: 'live' | 'print';
}
