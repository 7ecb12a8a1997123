import { join } from 'node:path';
import * as z from 'zod/mini';
import { createTalkKey, type TalkKey } from '../../relay/talk-key.ts';
import { keepPrivately, readPrivate } from '../../files/private-file.ts';
import { stateFolder } from '../../files/state-folder.ts';

const kept = z.object({ publicKey: z.string(), privateKey: z.string() });

/** What this account signs its talks with at relays: the same each time, so that followers can be set up before the talk. */
export async function readRelayKey(folder = stateFolder()): Promise<TalkKey> {
  const file = join(folder, 'relay-key.json');
  const key = parse((await readPrivate(file))?.text);
  if (key !== undefined) return key;
  const made = createTalkKey();
  await keepPrivately(file, JSON.stringify(made));
  return made;
}

function parse(text: string | undefined): TalkKey | undefined {
  try {
    return text === undefined ? undefined : z.parse(kept, JSON.parse(text));
  } catch {
    return undefined;
  }
}
