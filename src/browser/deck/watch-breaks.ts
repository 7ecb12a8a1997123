import { loadPart } from '../load-part.ts';
import type { StageClient } from '../stage/stage-client.ts';

/** Shows breaks on this screen; what draws them comes with the first one. */
export function watchBreaks(stage: StageClient): void {
  let show: ((state: StageClient['state']) => void) | undefined;
  stage.listen({
    stage: (state) => {
      if (show !== undefined) show(state);
      else if (state.backAt !== undefined) void begin();
    },
  });
  const begin = async () => {
    const { createBreakScreen } = await loadPart(() => import('./break-screen.ts'));
    show ??= createBreakScreen(() => stage.now());
    show(stage.state);
  };
}
