import './run-progress.css';
import { html, nothing, type TemplateResult } from 'lit';
import type { Progress } from '../../../demo/run/progress.ts';
import type { PanelSession } from '../session/panel-session.ts';
import { toDuration } from './to-duration.ts';

/** Two runs are never equally fast: less than this is no difference. */
const SAME_MS = 1000;

/** A live run beside the last good one: `step 4 of 9 · 12 s behind · 20 s left`, and how far that one was. */
export function runProgress({ safety }: PanelSession): TemplateResult | typeof nothing {
  const progress = safety?.progress;
  if (progress === undefined) return nothing;
  return html`<span class="run-progress" title="Beside the run that was recorded"
      >${progressWords(progress)}</span
    >
    <i class="run-progress-bar" style="width:${(progress.share * 100).toFixed(1)}%"></i>`;
}

export function progressWords(progress: Progress): string {
  return [stepWords(progress), behindWords(progress), leftWords(progress)]
    .filter((part) => part !== '')
    .join(' · ');
}

function stepWords({ step, of }: Progress): string {
  return step === 0 ? '' : `step ${step} of ${of}`;
}

function behindWords({ behindMs }: Progress): string {
  if (Math.abs(behindMs) < SAME_MS) return '';
  return behindMs > 0 ? `${toSeconds(behindMs)} behind` : `${toSeconds(-behindMs)} ahead`;
}

function leftWords({ leftMs, isAtMost }: Progress): string {
  if (leftMs === undefined || leftMs < SAME_MS) return '';
  return `${isAtMost ? 'at most ' : ''}${toSeconds(leftMs)} left`;
}

/** Tenths of a second would never stand still. */
function toSeconds(ms: number): string {
  return ms < 59_500 ? `${Math.round(ms / 1000)} s` : toDuration(ms);
}

/** A run in trouble, when no speaker view asks what to do: small, for the speaker alone to read. */
export function fallbackHint({ safety, demo }: PanelSession): TemplateResult | typeof nothing {
  if (safety?.isOffered !== true) return nothing;
  const date = demo.recording?.date.slice(0, 10) ?? '';
  return html`<div class="fallback-hint"><kbd>E</kbd> continues from the recording of ${date}</div>`;
}
