import { Argument, Option } from 'commander';

const WHICH = 'the Markdown file (default: slides/talk.md, talk.md, or the only one in this folder)';

/** The deck that a command works on; without it, `findDeck` looks. */
export function deckArgument(): Argument {
  return new Argument('[deck]', WHICH);
}

/** The same for commands whose arguments name demos. */
export function deckOption(): Option {
  return new Option('--deck <file>', WHICH);
}
