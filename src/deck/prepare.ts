import type { Diagnostic } from './deck.ts';
import { messages } from './messages/messages.ts';

const MEGABYTE = 1_000_000;
const LIMIT_MEGABYTES = 20;

/** One kind of line end, tabs as spaces (pandoc's tab stop is 4), no byte order mark, a newline at the end. */
export function normalize(source: string): string {
  let text = source.startsWith('\ufeff') ? source.slice(1) : source;
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
  if (text.includes('\t')) text = text.split('\n').map(expandTabs).join('\n');
  return text.replace(/\n*$/, '\n\n');
}

function expandTabs(line: string): string {
  if (!line.includes('\t')) return line;
  let result = '';
  for (const part of line.split(/(\t)/)) {
    result += part === '\t' ? ' '.repeat(4 - (result.length % 4)) : part;
  }
  return result;
}

/** Why a text is not compiled at all. */
export function checkSource(text: string): Diagnostic | undefined {
  if (text.trim() === '') return messages.emptyDeck();
  const megabytes = Math.ceil(text.length / MEGABYTE);
  return megabytes > LIMIT_MEGABYTES ? messages.tooBig(megabytes, LIMIT_MEGABYTES) : undefined;
}
