import type { ServiceAction } from '../../../demo/view.ts';
import type { ReplayAction } from './replay-actions.ts';

/** What a key or a button of a panel does. */
export type DemoAction =
  | 'run'
  | 'stop'
  | 'reset'
  | 'replica'
  | ReplayAction
  | `${ServiceAction | 'type' | 'edit'}:${string}`
  /** What was typed into the shell. */
  | 'run-command'
  /** The next letter of a command that keys type. */
  | 'type-key'
  /** A code block of the deck. */
  | `code:${string}`;
