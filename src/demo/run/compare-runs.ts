import type { RunView } from './run-view.ts';

/** What differs between two runs of the same demo that should not, each in a sentence without its full stop. */
export function compareRuns(first: RunView, second: RunView): string[] {
  return [...compareSteps(first, second), ...compareAnswers(first, second), ...compareEnds(first, second)];
}

/** Which steps there were; whether one came from the cache is not the demo's doing. */
function compareSteps(first: RunView, second: RunView): string[] {
  const names = ({ steps }: RunView) =>
    new Set(steps.map(({ service, step, name }) => `${service}, step ${step}: ${name}`));
  const [before, after] = [names(first), names(second)];
  const gone = [...before].filter((name) => !after.has(name)).map((name) => `only the first run had ${name}`);
  const added = [...after]
    .filter((name) => !before.has(name))
    .map((name) => `only the second run had ${name}`);
  return [...gone, ...added];
}

function compareAnswers(first: RunView, second: RunView): string[] {
  return first.answers.flatMap(({ question, status, reply }, index) => {
    const other = second.answers[index];
    if (other?.question !== question) return [`"${question}" was answered in the first run only`];
    if (other.status !== status) return [`"${question}" got status ${status}, then ${other.status}`];
    return other.reply === reply ? [] : [`"${question}" got another answer the second time`];
  });
}

function compareEnds(first: RunView, second: RunView): string[] {
  if (first.exit === second.exit) return [];
  return [
    `the first run ended with status ${first.exit ?? 'none'}, the second with ${second.exit ?? 'none'}`,
  ];
}

/** More than this much slower, and by more than these milliseconds, is worth a look. */
const SLOWER = 1.5;
const NOTICED_MS = 3000;

/** Whether the second run, which should have found everything in place, took notably longer to be ready. */
export function isSlower(first: RunView, second: RunView): boolean {
  if (first.readyAt === undefined || second.readyAt === undefined) return false;
  return second.readyAt > first.readyAt * SLOWER && second.readyAt > first.readyAt + NOTICED_MS;
}
