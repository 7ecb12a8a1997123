import type { RunView } from '../../../demo/run/run-view.ts';
import type { PanelSession } from './panel-session.ts';

/** Resolves when the run that a panel shows is ready, or never will be; `before` is one that is not meant any more. */
export function untilReady(
  session: Pick<PanelSession, 'view' | 'origin' | 'listen'>,
  before: RunView | undefined,
): Promise<void> {
  const isSettled = () => {
    const { readyAt, exit } = session.view;
    if (session.view === before) return false;
    return readyAt !== undefined || exit !== undefined || session.origin === 'recorded';
  };
  return new Promise((resolve) => {
    if (isSettled()) return resolve();
    const end = session.listen(() => {
      if (!isSettled()) return;
      end();
      resolve();
    });
  });
}
