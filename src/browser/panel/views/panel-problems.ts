import { html, nothing, type TemplateResult } from 'lit';
import { mayRun } from '../../../demo/demo-summary.ts';
import { mirrorOf } from '../../page-data.ts';
import type { PanelContext } from '../session/panel-context.ts';
import type { Notice, PanelSession } from '../session/panel-session.ts';

type Problem = TemplateResult | typeof nothing;

/**
 * What is wrong, below the panel: what the audience saw go wrong everywhere; what only its author can put right (a Compose file,
 * a key that did nothing) where no speaker view shows it, and never on a device of the audience.
 */
export function panelProblems({
  session,
  usedBy,
}: {
  session: PanelSession;
  usedBy: PanelContext['role'];
}): Problem {
  const { view, problem } = session;
  if (problem !== undefined) return alarm({ message: `The recording can't be played: ${problem}`, hint: '' });
  const isForAuthor = usedBy === 'speaker' && (session.hasSpeaker !== true || mirrorOf() !== undefined);
  const notice = isForAuthor ? session.notice : undefined;
  const failed =
    view.error === undefined ? nothing : html`${alarm(view.error)} ${goOnHint(session, isForAuthor)}`;
  if (notice !== undefined) return html`${failed} ${alarm(notice)}`;
  return view.error === undefined && isForAuthor ? cannotRun(session) : failed;
}

function alarm({ message, hint }: Notice): TemplateResult {
  return html`<div class="panel-error" role="alert"><b>${message}</b> ${hint}</div>`;
}

/** The failure shows at once where nobody can be asked; the recording can still take its place. */
function goOnHint({ origin, demo }: PanelSession, isForAuthor: boolean): Problem {
  if (!isForAuthor || origin !== 'live' || demo.recording === undefined) return nothing;
  return html`<div class="panel-note">
    <kbd>E</kbd> continues from the recording of ${demo.recording.date.slice(0, 10)}
  </div>`;
}

function cannotRun({ view, demo }: PanelSession): Problem {
  if (view.phase !== 'idle' || demo.problem === undefined) return nothing;
  const instead = demo.recording === undefined || mayRun(demo) ? demo.problem.hint : 'R plays the recording.';
  return html`<div class="panel-note">${demo.problem.message} ${instead}</div>`;
}
