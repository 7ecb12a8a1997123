import type { Expectation } from '../demo.ts';

/** What is compared with an expectation: an HTTP answer. */
export interface Reply {
  status: number;
  text: string;
}

/** For people: `GET /health`, or the question. */
export function nameExpectation({ http, ask }: Expectation): string {
  return http === undefined ? `"${ask ?? ''}"` : `GET ${http}`;
}

/** Why a reply is not the expected one, as half a sentence; undefined when it is. */
export function findMismatch({ status, contains }: Expectation, reply: Reply): string | undefined {
  if (reply.status !== status) return `answered with status ${reply.status}, not ${status}`;
  if (contains === undefined || reply.text.includes(contains)) return undefined;
  return reply.text === ''
    ? `answered with nothing, not "${contains}"`
    : `answered without "${contains}": "${shorten(reply.text)}"`;
}

const SHOWN = 100;

/** The beginning of what a page says, without its markup. */
function shorten(text: string): string {
  const words = text.replaceAll(/<(?<tag>script|style)\b.*?<\/\k<tag>>|<!--.*?-->|<[^>]*>/gsu, ' ');
  const line = words.replaceAll(/\s+/gu, ' ').trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN - 1)}…` : line;
}
