import { reportBug } from '../debug/report-bug.ts';
import { UserError } from '../demo/user-error.ts';
import type { Audience } from '../server/follow/audience.ts';
import { FanOut, sendAll } from '../server/follow/fan-out.ts';
import { createFollowApp } from '../server/follow/follow-app.ts';
import { listenAt } from '../server/listen.ts';
import { RelayedTalk } from '../relay/follow-talk.ts';
import { KeptFiles } from '../relay/kept-files.ts';
import { parseRelayAddress, type RelayAddress } from '../relay/relay-address.ts';
import { toVerify, type Verify } from '../relay/talk-key.ts';
import { readAssets } from '../site/assets.ts';
import { BROWSER_FOLDER } from '../talk/browser-folder.ts';
import { endOfProcess } from './end-of-process.ts';
import { toFollowPage } from '../talk/follow-page.ts';

export interface FollowCommandOptions {
  relay: string;
  host: string;
  port: number;
}

/** Serves a talk that another process presents to followers, until the process is told to end. It can change nothing in it. */
export async function runFollow({ relay, host, port }: FollowCommandOptions): Promise<void> {
  const address = parseRelayAddress(relay);
  const verify = toVerifyOf(address);
  const report = (line: string) => process.stdout.write(`  ${line}\n`);
  const assets = await readAssets(BROWSER_FOLDER, 'src/browser/pages/follow.ts');
  const fanOut = new FanOut();
  let audience: Audience | undefined;
  const onTalk = (told: Audience) => {
    audience = told;
    sendAll(told, fanOut);
    told.listen(({ event }) => {
      if (event === 'deck' || event === 'demos' || event === 'hello') files.forget();
    });
    report(`following "${told.snapshot.deck.title}"`);
  };
  const talk = new RelayedTalk({ address, verify, report, onTalk });
  const files = await KeptFiles.open((path) => talk.readFile(path));
  const app = createFollowApp({
    browserFolder: BROWSER_FOLDER,
    reportBug,
    talk: () => {
      if (audience === undefined) return undefined;
      const told = audience;
      const { openFile, openRecording } = files;
      const page = () => toFollowPage(told.snapshot, assets);
      return { audience: told, fanOut, openFile, openRecording, page };
    },
  });
  const server = await listenAt(app, port, host);
  process.stdout.write(`http://${host}:${server.port}/follow\n`);
  report(`waiting for the talk on ${address.shown}`);
  void talk.open();
  await endOfProcess();
  fanOut.close();
  await server.close();
  await talk.close();
  await files.remove();
}

/** Without the presenter's key, whoever may publish at the relay could show another talk. */
function toVerifyOf({ publicKey, shown }: RelayAddress): Verify {
  const verify = publicKey === undefined ? undefined : toVerify(publicKey);
  if (verify !== undefined) return verify;
  const what = publicKey === undefined ? 'has no key of the talk' : 'ends in something that is not a key';
  const hint = `Copy the whole address that \`deckhand present --relay\` prints, from ${shown} to the end behind #.`;
  throw new UserError('no-talk-key', `The relay's address ${what}.`, hint);
}
