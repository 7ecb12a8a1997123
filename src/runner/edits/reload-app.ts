import { setTimeout as delay } from 'node:timers/promises';
import { awaitAnswer } from '../await-answer.ts';
import type { RunContext } from '../run-context.ts';

/** What a saved file takes to reach its container, and a program that reloads itself to notice. */
const NOTICED_MS = 400;
/** For an app that starts again. */
const TIME_LIMIT_MS = 20_000;

/** Has the deck show the app's page anew once it answers. An app that doesn't answer any more is left to its container. */
export function reloadApp(context: RunContext): void {
  const { app } = context.demo;
  if (app === undefined) return;
  void awaitReload(context, app.path).catch(() => undefined);
}

async function awaitReload(context: RunContext, path: string): Promise<void> {
  const { signal, made } = context;
  await delay(NOTICED_MS, undefined, { signal });
  const main = made.apps.find(({ name }) => name === undefined);
  if (main === undefined) return;
  const look = async (): Promise<number> => main.shown.port;
  const giveUp = AbortSignal.timeout(TIME_LIMIT_MS);
  const answered = await awaitAnswer({ look, path, host: `localhost:${main.shown.port}`, signal, giveUp });
  if (answered !== undefined) context.emit({ type: 'reload' });
}
