import * as z from 'zod/mini';

/** One labelled part of an answer: `{label: 'road', value: 'rue de rivoli'}`. */
export interface AnswerPart {
  label: string;
  value: string;
}

/** What a service's reply comes to, for a slide. Always text, whatever the service sent. */
export type Answer =
  | { kind: 'parts'; parts: AnswerPart[]; note?: string }
  /** The service said that it can't answer this, and why. */
  | { kind: 'refused'; message: string }
  | { kind: 'text'; text: string };

/** More would not be read on a slide. */
const MAX_PARTS = 60;
const LONGEST = 400;

const repliesWithParts = z.object({
  parts: z.array(z.object({ label: z.string(), value: z.string() })),
  note: z.optional(z.string()),
});
const repliesWithMessage = z.object({ message: z.string() });

/** Reads a reply as the ask view's contract has it: `{"parts": [{"label", "value"}], "note"?}`, or `{"message"}` when refused. */
export function toAnswer({ status, reply }: { status: number; reply: string }): Answer {
  const data = parseJson(reply);
  if (status >= 400) {
    const said = repliesWithMessage.safeParse(data);
    const message = said.success ? said.data.message : `The service answered with status ${status}.`;
    return { kind: 'refused', message: cut(message) };
  }
  const found = repliesWithParts.safeParse(data);
  if (!found.success) return { kind: 'text', text: cut(reply) };
  const parts = found.data.parts
    .slice(0, MAX_PARTS)
    .map(({ label, value }) => ({ label: cut(label), value: cut(value) }));
  const { note } = found.data;
  return note === undefined ? { kind: 'parts', parts } : { kind: 'parts', parts, note: cut(note) };
}

function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  // Half of a pair of surrogates is no character.
  return `${text.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
