/** One event as it came. */
export interface HubMessage {
  event: string;
  data: string;
  /** When it came, by this page's or worker's `steadyNow`: a listener that joins late hears it later. */
  at: number;
}
