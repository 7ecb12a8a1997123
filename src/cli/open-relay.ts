import { withoutNotes } from '../deck/without-notes.ts';
import { publishTalk } from '../relay/publish-talk.ts';
import { parseRelayAddress } from '../relay/relay-address.ts';
import { readTalkFile, talkFiles } from '../server/follow/talk-files.ts';
import { watchTalk } from '../server/follow/watch-talk.ts';
import type { ServerContext } from '../server/server-context.ts';

/** Tells the talk to the relay's followers, for as long as it lasts. Throws a `UserError` for an address that is none. */
export function openRelay(server: ServerContext, address: string): { close(): Promise<void> } {
  return publishTalk({
    address: parseRelayAddress(address),
    audience: watchTalk(server, withoutNotes),
    readFile: readTalkFile(talkFiles(server)),
    report: (line) => process.stdout.write(`  ${line}\n`),
  });
}
