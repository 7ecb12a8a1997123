import { DECK_EXPLANATIONS } from './deck-explanations.ts';
import type { Explanation } from './explanation.ts';
import { PROJECT_EXPLANATIONS } from './project-explanations.ts';
import { REFERENCE_EXPLANATIONS } from './reference-explanations.ts';
import { RUN_EXPLANATIONS } from './run-explanations.ts';

const GROUPS: readonly { title: string; explanations: readonly Explanation[]; language: string }[] = [
  { title: 'The deck', explanations: DECK_EXPLANATIONS, language: 'markdown' },
  { title: 'What the deck names', explanations: REFERENCE_EXPLANATIONS, language: 'markdown' },
  { title: 'A demo’s project', explanations: PROJECT_EXPLANATIONS, language: 'yaml' },
  { title: 'A demo that runs', explanations: RUN_EXPLANATIONS, language: 'sh' },
];

/** Every code that can be explained, by what it is about. */
export function listCodes(): { title: string; codes: string[] }[] {
  return GROUPS.map(({ title, explanations }) => ({ title, codes: explanations.map(({ code }) => code) }));
}

/** What a code means, as text for a terminal; undefined for a code that no message has. A code may have two meanings. */
export function explainCode(code: string): string | undefined {
  const found = GROUPS.flatMap(({ explanations }) => explanations.filter((one) => one.code === code));
  if (found.length === 0) return undefined;
  return found.map(toText).join('\n');
}

function toText({ code, means, wrong, right }: Explanation): string {
  const example = (title: string, text: string | undefined) =>
    text === undefined ? '' : `\n${title}:\n\n${indent(text)}\n`;
  return `${code}\n\n${wrap(means)}\n${example('For example', wrong)}${example('Instead', right)}`;
}

const WIDTH = 78;

function wrap(text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/^(?=.)/gmu, '    ');
}

/** docs/messages.md, from the same source. */
export function explanationsPage(): string {
  const groups = GROUPS.map(
    ({ title, explanations, language }) =>
      `## ${title}\n\n${explanations.map((one) => toSection(one, language)).join('\n')}`,
  );
  return `# What the messages mean\n\n\`deckhand explain CODE\` says the same in the terminal.\n\n${groups.join('\n')}`;
}

function toSection({ code, means, wrong, right }: Explanation, language: string): string {
  const example = (title: string, text: string | undefined) =>
    text === undefined ? '' : `\n${title}:\n\n\`\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\`\n`;
  return `### \`${code}\`\n\n${means}\n${example('For example', wrong)}${example('Instead', right)}`;
}
