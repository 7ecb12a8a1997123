import { dirname } from 'node:path';
import * as z from 'zod/mini';
import { readInside } from '../../files/open-inside.ts';
import { namedEntries } from '../../stage/named-entries.ts';
import type { EarlierTalk } from '../../stage/talk-plan.ts';
import type { Stage } from '../../server/stage.ts';
import type { TalkTimes } from '../../server/talk-times.ts';
import { writeWhole } from '../../files/whole-file.ts';

/** As many talks as anybody looks back on. */
const KEPT = 10;

const fileSchema = z.object({
  format: z.literal(1),
  talks: z.array(z.object({ date: z.string(), slides: namedEntries(z.number()) })),
});

/** The talks that were timed, oldest first; none when there is no file or it can't be read as one. */
export async function readTalks(file: string): Promise<EarlierTalk[]> {
  const text = (await readInside(dirname(file), file))?.toString('utf8') ?? '';
  try {
    const parsed = fileSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.talks : [];
  } catch {
    return [];
  }
}

/** The newest talk that came through at least half of the deck: one that was broken off says little. */
export function toEarlierTalk(talks: readonly EarlierTalk[], slides: number): EarlierTalk | undefined {
  return talks.findLast((talk) => Object.keys(talk.slides).length * 2 >= slides);
}

interface TimedTalk {
  stage: Stage;
  times: TalkTimes;
  /** ISO 8601: names the talk among those in the file. */
  began: string;
}

/** Keeps this talk's times in the file as it goes; returns what writes the last of them. `tell` gets what was thrown. */
export function keepTalkTimes(
  file: string,
  { stage, times, began }: TimedTalk,
  tell: (problem: unknown) => void,
): () => Promise<void> {
  let writing: Promise<void> = Promise.resolve();
  const write = async () => {
    if (Object.keys(times.spent).length < 2) return;
    const before = (await readTalks(file)).filter((talk) => talk.date !== began);
    const talks = [...before, { date: began, slides: rounded(times.spent) }].slice(-KEPT);
    await writeWhole(file, `${JSON.stringify({ format: 1, talks }, undefined, 2)}\n`);
    tell(undefined);
  };
  const writeSoon = () => (writing = writing.then(write).catch(tell));
  stage.listen(({ event }) => {
    if (event === 'times') void writeSoon();
  });
  return async () => {
    await writeSoon();
  };
}

function rounded(spent: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(spent).map(([key, ms]) => [key, Math.round(ms)]));
}
