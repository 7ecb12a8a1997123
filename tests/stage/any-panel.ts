import type { FallbackOffer, LeftPlace } from '../../src/stage/fallback.ts';
import type { ReplayState } from '../../src/stage/replay-state.ts';
import type { PanelState, StageRun } from '../../src/stage/panel-state.ts';

/** A panel of which a test asks parts without asking first what it shows. */
export interface AnyPanel {
  shows?: PanelState['shows'];
  run?: StageRun & { left?: LeftPlace };
  replay?: ReplayState;
  offer?: FallbackOffer;
}

export const anyPanel = (panel: PanelState | undefined): AnyPanel => ({ ...panel });
