/**
 * Where a command begins and ends, as terminals are told it: OSC 133. `D;status` when it has ended, `A` before the prompt, `C` before what
 * a command prints.
 * Source: FinalTerm's semantic prompts, as iTerm2 and VS Code read them.
 */
const MARKS = '\u001b]133;D;$?\u0007\u001b]133;A\u0007';

/** Makes bash, zsh's sh mode, dash and BusyBox mark their prompts, whatever prompt they have. */
export const PROMPT_ENVIRONMENT: Readonly<Record<string, string>> = {
  TERM: 'xterm-256color',
  // bash asks this before each prompt. The status must be kept for the prompt itself.
  PROMPT_COMMAND: String.raw`printf '\033]133;D;%s\007\033]133;A\007' "$?"`,
  // bash shows this when it has read a command, and before it runs. sh has nothing like it.
  PS0: String.raw`\e]133;C\a`,
  // sh knows no PROMPT_COMMAND; bash sets its own PS1 after it.
  PS1: `${MARKS}\\$ `,
};

// eslint-disable-next-line no-control-regex -- the marks are control sequences
const END = /\u001b\]133;D;(?<status>\d+)\u0007/gu;
/** Longer than a mark: one may be cut where a piece of output ends. */
const MARK_LENGTH = 20;

/** Finds the ends of commands in what a shell prints. */
export class PromptMarks {
  #rest = '';

  /** The exit statuses of the commands that have ended in this piece. */
  read(text: string): number[] {
    const all = this.#rest + text;
    const statuses = [...all.matchAll(END)].map(({ groups }) => Number(groups?.['status']));
    const last = all.lastIndexOf('\u001b]133;D;');
    const isCut = last !== -1 && all.indexOf('\u0007', last) === -1;
    const begun = all.lastIndexOf('\u001b');
    this.#rest = isCut
      ? all.slice(last)
      : begun >= all.length - MARK_LENGTH && begun !== -1
        ? tail(all, begun)
        : '';
    return statuses;
  }
}

/** An escape that may be the beginning of a mark; a mark that is whole was read. */
function tail(text: string, from: number): string {
  const end = text.slice(from);
  return end.includes('\u0007') ? '' : end;
}
