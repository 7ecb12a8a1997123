import type { DemoCatalog } from '../talk/demos/demo-catalog.ts';
import type { Stage } from '../server/stage.ts';
import { followSources } from '../talk/demos/follow-sources.ts';
import { reportBug } from '../debug/report-bug.ts';
import { randomBytes } from 'node:crypto';
import { readAccessKey } from '../talk/kept/access-key.ts';
import { fileBeside, findDeck, type DeckPath } from '../talk/deck/deck-path.ts';
import { openCatalog } from '../talk/demos/open-catalog.ts';
import { endOfProcess } from './end-of-process.ts';
import { endRuns } from '../talk/runs/end-runs.ts';
import { EngineWatch } from '../talk/runs/engine-watch.ts';
import { toStartRun } from '../talk/runs/live-runs.ts';
import { lookAtEverything } from '../talk/preflight/look.ts';
import type { LanFlags } from '../talk/open-lan.ts';
import { openServer } from '../talk/open-server.ts';
import type { RunChecks } from '../server/preflight.ts';
import { openPreviews } from '../runner/preview/preview.ts';
import { readPackedImages } from '../pack/packed-images.ts';
import { toPrewarmOnce } from '../talk/runs/prewarm-once.ts';
import { StandbyRuns } from '../talk/runs/standby-runs.ts';
import { printingFailures } from './text/print-failures.ts';
import { printTalkProblems } from './text/print-talk-problems.ts';
import { printEngine, printLan, printStart } from './text/print-start.ts';
import { KeptTalk } from '../talk/kept/kept-talk.ts';
import { readTalks, toEarlierTalk } from '../talk/kept/rehearsed-times.ts';
import { Sweeper } from '../talk/runs/sweeper.ts';
import { watchDemos } from '../talk/demos/watch-demos.ts';
import { WRITERS } from '../talk/writers.ts';
import { WatchedDeck } from '../talk/deck/watched-deck.ts';

export interface PresentOptions {
  deck: string | undefined;
  port: number;
  open: boolean;
  record: boolean;
  /** What recordings must not show, beside the secrets that the demos' files give away. */
  redact: readonly RegExp[];
  /** Covers it on the screens of a live run, too. */
  redactLive?: boolean | undefined;
  engine?: string | undefined;
  /** Keeps how long each slide took, for the next talk to be measured against. */
  rehearseTalk: boolean;
  /** Begins anew where an earlier talk was broken off a short while ago. */
  fromStart?: boolean;
  /** Builds what is missing in the background. */
  prewarm?: boolean;
  /** Keeps warm spares of demos that are ready. */
  spare: boolean;
  /** What other devices reach; nothing, unless it is asked for. */
  lan?: LanFlags | undefined;
  /** A NATS server that carries the talk to more followers. */
  relay?: string | undefined;
  version: string;
}

/** Presents a deck until the process is told to end; then stops and removes everything that it started. */
export async function runPresent(options: PresentOptions): Promise<void> {
  const path = await findDeck(options.deck, process.cwd());
  const catalog = await openCatalog(path);
  const engines = new EngineWatch(options.engine);
  const summaries = () => catalog.summaries(engines.problem, engines.isLooking);
  const deck = await WatchedDeck.open(path, () => catalog.views);
  const tellDemos = () => server.stage.tell({ event: 'demos', data: summaries() });
  const token = randomBytes(24).toString('base64url');
  const redact = { secrets: [token], patterns: options.redact };
  const previews = await openPreviews();
  const standby = new StandbyRuns(await readPackedImages(path.folders), options.spare, previews);
  const sweeper = new Sweeper(engines, (id) => server.runs.isRunning(id) || standby.isRunning(id));
  const { record, redactLive = false } = options;
  const live = { catalog, engines, redact, redactLive, record, standby, previews };
  const told = { onChange: tellDemos, onEnd: () => sweeper.start() };
  const startRun = printingFailures(toStartRun({ ...live, ...told }), catalog, WRITERS);
  const kept = await KeptTalk.open(path, deck.deck, options.fromStart);
  const earlier = toEarlierTalk(await readTalks(fileBeside(path, 'times')), deck.deck.slides.length);
  const firstEngine = engines.firstLook.then(() => engines.current);
  const runChecks: RunChecks = (facts) =>
    lookAtEverything({ path, engine: firstEngine, screens: { facts, url: server.url } });
  const talk = { path, deck, catalog, earlier, resumed: kept.resumed };
  const parts = { ...talk, runChecks, summaries, startRun, spares: standby, token };
  const ways = { previewPort: previews.port, accessKey: await readAccessKey() };
  const server = await openServer({ ...options, ...parts, ...ways }).catch(giveUp(previews, kept));
  const { preflight } = server;
  kept.keep(server, () => deck.deck.slides, options.rehearseTalk);
  deck.watch(server.stage);
  const watching = watchTalk(server.stage, talk, tellDemos);
  if (options.open) await openBrowser(server.makeLinkOnce());
  printStart(server.link, path, deck.deck);
  kept.print();
  if (server.lan !== undefined) await printLan(server.lan.state);
  const prewarmOnce = toPrewarmOnce({ deck, catalog, engines, standby, preflight });
  void engines.start(() => {
    tellDemos();
    printEngine(engines.current);
    sweeper.start();
    if (options.prewarm === true) prewarmOnce();
  });
  process.on('uncaughtException', reportBug);
  await endOfProcess();
  process.stdout.write('\nStopping …\n');
  await kept.close();
  await endRuns({ runs: server.runs, standby, engines, catalog });
  for (const end of watching) end();
  for (const one of [deck, sweeper, engines, previews]) one.close();
  await server.close();
}

/** From here on saves of the deck and of its demos show. Returns what ends it. */
function watchTalk(
  stage: Stage,
  talk: { path: DeckPath; deck: WatchedDeck; catalog: DemoCatalog },
  tellDemos: () => void,
): (() => void)[] {
  return [
    watchDemos(talk.catalog, tellDemos),
    followSources(stage, talk, tellDemos),
    printTalkProblems(stage, talk),
  ];
}

/** A port that is taken, say: nothing of ours may keep the process. */
function giveUp(previews: { close(): void }, kept: KeptTalk): (error: unknown) => Promise<never> {
  return async (error) => {
    previews.close();
    await kept.close();
    throw error;
  };
}

async function openBrowser(link: string): Promise<void> {
  const { default: open } = await import('open');
  // No browser to open (a server, a container) is no reason not to present.
  await open(link).catch(() => undefined);
}
