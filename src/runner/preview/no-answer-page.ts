import type { FrameKey } from './frame-keys.ts';
import { toKeysScript } from './keys-script.ts';

/** Stands where the app would, and asks for it again: it may be starting. */
export function toNoAnswerPage(frame: FrameKey | undefined): string {
  const keys = frame === undefined || frame.key === '' ? '' : toKeysScript(frame, '');
  return `<!doctype html>${keys}<html lang="en"><meta charset="utf-8"><title>The app does not answer</title>
<style>body{display:grid;place-content:center;min-height:90vh;margin:0;font:22px/1.5 system-ui,sans-serif;text-align:center;color:#334155;background:#f1f5f9}</style>
<p role="status"><b>The app does not answer.</b><br>Asking again …</p>
`;
}
