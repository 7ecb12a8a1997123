import { withoutNotes } from '../deck/without-notes.ts';
import { publishTalk } from '../relay/publish-talk.ts';
import { parseRelayAddress } from '../relay/relay-address.ts';
import { readTalkFile, talkFiles } from '../server/follow/talk-files.ts';
import { watchTalk } from '../server/follow/watch-talk.ts';
import type { ServerContext } from '../server/server-context.ts';
import { readRelayKey } from './kept/relay-key.ts';

/** Tells the talk to the relay's followers, for as long as it lasts. Throws a `UserError` for an address that is none. */
export async function openRelay(server: ServerContext, text: string): Promise<{ close(): Promise<void> }> {
  const address = parseRelayAddress(text);
  const key = await readRelayKey();
  const login = address.user !== undefined || address.token !== undefined ? ' (and the login)' : '';
  process.stdout.write(
    `  relay: on other machines, with this address${login}:\n    deckhand follow --relay ${address.shown}#${key.publicKey}\n`,
  );
  return publishTalk({
    address,
    key,
    audience: watchTalk(server, withoutNotes),
    readFile: readTalkFile(talkFiles(server)),
    report: (line) => process.stdout.write(`  ${line}\n`),
  });
}
