import type { Scene } from './scene.ts';
import { digDeeper } from './scenes/dig-deeper.ts';
import { horror } from './scenes/horror.ts';
import { omg } from './scenes/omg.ts';
import { storyTime } from './scenes/story-time.ts';
import { thinking } from './scenes/thinking.ts';

/** Every picture that moves, in the order of the talk. */
export const SCENES: Scene[] = [storyTime, horror, thinking, omg, digDeeper];
