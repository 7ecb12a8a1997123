import type { OpenInEditor } from './open-in-editor.ts';
import type { Messages } from '../messages.ts';
import type { DeckMessage } from '../../stage/stage-message.ts';
import type { StageClient } from '../stage/stage-client.ts';

/** How long it stays on the deck, in ms: an author without a speaker view reads it there; the terminal keeps it. */
const SHOWN_MS = 30_000;

/** What is wrong with the newest save, with its place, for people; undefined when it is up. */
export function toDeckProblem({
  diagnostics,
  file,
}: DeckMessage): { message: string; hint: string; line: number; frame?: string | undefined } | undefined {
  const errors = diagnostics.filter((one) => one.severity === 'error');
  const [first] = errors;
  if (first === undefined) return undefined;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const message = `${file}:${first.line}:${first.column}: ${first.message}${more}`;
  const { line, frame } = first;
  return { message, hint: first.hint ?? '', line, frame };
}

/** Shows it on the deck until it is fixed, for a while at most, and never beside a speaker view, which shows it then. */
export function showDeckProblems(stage: StageClient, messages: Messages, openInEditor?: OpenInEditor): void {
  let shown: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hide = () => {
    clearTimeout(timer);
    messages.clear('deck');
  };
  stage.listen({
    stage: ({ hasSpeaker }) => {
      if (hasSpeaker === true) hide();
    },
    deck: (message) => {
      const problem = toDeckProblem(message);
      // A connection that comes back says it again.
      if (problem !== undefined && problem.message === shown) return;
      shown = problem?.message;
      hide();
      if (problem === undefined || stage.state.hasSpeaker === true) return;
      const { message: what, hint, line, frame } = problem;
      const action =
        openInEditor === undefined
          ? undefined
          : { name: 'Open in your editor', act: () => openInEditor({ line }) };
      messages.show('deck', { what, hint, frame, action });
      timer = setTimeout(hide, SHOWN_MS);
    },
  });
}
