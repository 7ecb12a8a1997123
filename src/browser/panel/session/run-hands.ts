import type { DemoActions } from './demo-actions.ts';
import type { NoticeBoard } from './notice-board.ts';
import type { Hands } from './panel-session.ts';

/** This screen, as the server tells it from others. */
const SCREEN = Math.random().toString(36).slice(2);

/** Hands on the run that a panel shows. */
export function createHands(actions: DemoActions, notices: NoticeBoard): Hands {
  const ask = (what: string, body: object) => notices.guard(() => actions.onRun(what, body));
  return {
    openShell: (service, size) => ask('shells', { service, ...size }),
    typeIntoShell: async (service, text, take) => {
      let isSent = false;
      await notices.guard(async () => {
        await actions.onRun('shells/keys', { service, text, take, screen: SCREEN });
        isSent = true;
      });
      return isSent;
    },
    changeFile: (file, text, isSaved) => ask('edits', { file, text, isSaved }),
    keepEdits: () => ask('edits', { keep: true }),
  };
}
