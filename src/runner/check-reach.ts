import { UserError } from '../demo/user-error.ts';
import type { RunContext } from './run-context.ts';

/** Fails before anything is built when the app could not be reached afterwards. */
export function checkReach({ demo, engine }: RunContext): void {
  const isShown = demo.app !== undefined || demo.ask !== undefined;
  if (!isShown || engine.facts.reachesPorts) return;
  const message = `The engine at ${engine.facts.endpoint} is on another machine, whose 127.0.0.1 can't be reached from here.`;
  throw new UserError('remote-engine', message, 'Use it as ssh://user@host: previews then go through ssh.');
}
