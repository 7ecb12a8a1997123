import { reportBug } from '../debug/report-bug.ts';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Access } from '../server/access/access.ts';
import { withoutNotes } from '../deck/without-notes.ts';
import { openInside } from '../files/open-inside.ts';
import { createApp } from '../server/app.ts';
import { listen } from '../server/listen.ts';
import { Runs, type Spares, type StartRun } from '../server/runs/runs.ts';
import { Preflight, type RunChecks } from '../server/preflight.ts';
import { SafetyNet } from '../server/runs/safety-net.ts';
import { Stage } from '../server/stage.ts';
import { steadyNow } from '../server/steady-now.ts';
import { TalkTimes } from '../server/talk-times.ts';
import type { Drawings } from '../stage/drawing.ts';
import { toTalkPlan, type EarlierTalk, type TalkPlan } from '../stage/talk-plan.ts';
import { readAssets } from '../site/assets.ts';
import { toDeckPage, toPrintPage, toSpeakerPage } from '../site/page.ts';
import type { DemoSummary } from '../demo/demo-summary.ts';
import type { PageData } from '../stage/page-data.ts';
import { BROWSER_FOLDER } from './browser-folder.ts';
import type { Lan } from '../server/lan/lan.ts';
import type { ServerContext } from '../server/server-context.ts';
import { keepForSpeaker } from './demos/keep.ts';
import type { LanFlags } from './open-lan.ts';
import type { DeckPath } from './deck/deck-path.ts';
import { openEditor } from './deck/open-editor.ts';
import { toOpenFile } from './deck/open-files.ts';
import type { DemoCatalog } from './demos/demo-catalog.ts';
import type { Resumed } from './kept/kept-talk.ts';
import type { Deck } from '../deck/deck.ts';
import type { WatchedDeck } from './deck/watched-deck.ts';

export interface ServerParts {
  path: DeckPath;
  deck: WatchedDeck;
  catalog: DemoCatalog;
  version: string;
  /** 0 takes a free one. */
  port: number;
  summaries(): DemoSummary[];
  startRun: StartRun;
  spares?: Spares;
  /** Looks at what the talk needs; without it there is nothing to look at. */
  runChecks?: RunChecks;
  /** What goes on paper over the slides. */
  drawings?: Drawings;
  /** The rehearsal that this talk is measured against. */
  earlier?: EarlierTalk | undefined;
  /** A talk that was broken off, which goes on. */
  resumed?: Resumed | undefined;
  /** The second listener, for phones and the audience. */
  lan?: LanFlags | undefined;
  /** A NATS server that carries the talk to more followers. */
  relay?: string | undefined;
  /** Where the deck's frames find apps. */
  previewPort?: number;
  /** What our own pages show with every change; one is made up when nobody else has to know it. */
  token?: string;
  /** Behind the cookies that browsers are let in by; one is made up when they need not outlive this process. */
  accessKey?: string;
}

export interface OpenServer {
  /** Where the deck is, for a browser that was let in. */
  url: string;
  /** What lets a browser in. */
  link: string;
  /** Like `link`, for a browser that is opened with it: works once, and soon. */
  makeLinkOnce(): string;
  stage: Stage;
  runs: Runs;
  times: TalkTimes;
  preflight: Preflight;
  /** What other devices reach, when they do. */
  lan: Lan | undefined;
  close(): Promise<void>;
}

/** Puts deck, demos and pages behind one address of this machine. */
export async function openServer(parts: ServerParts): Promise<OpenServer> {
  const { deck, catalog, path, token = randomBytes(24).toString('base64url') } = parts;
  const instance = randomBytes(8).toString('base64url');
  const access = new Access(parts.accessKey ?? randomBytes(32).toString('base64url'));
  const stage = new Stage(steadyNow, parts.resumed);
  const preflight = new Preflight(stage, parts.runChecks ?? lookAtNothing);
  const safetyNet = new SafetyNet(stage, (name) => catalog.safetyPlan(name));
  const runs = new Runs(parts.startRun, stage, safetyNet, parts.spares);
  const times = new TalkTimes(stage, () => deck.deck.slides, parts.resumed?.spent);
  const plan = () => toTalkPlan(deck.deck.slides, deck.deck.durationMs, parts.earlier);
  const pages = await readPages(parts, { token, instance, mode: 'live' }, plan);
  const context: ServerContext = {
    access,
    token,
    instance,
    stage,
    runs,
    safetyNet,
    deck,
    times,
    plan,
    preflight,
    pages,
    version: parts.version,
    demos: parts.summaries,
    newestSave: () => deck.message,
    openRecording: toOpenRecording(catalog),
    keepRecording: async (demo) => {
      const folder = catalog.find(demo)?.folder;
      if (folder === undefined || !(await keepForSpeaker(folder))) return false;
      await catalog.reload();
      stage.tell({ event: 'demos', data: parts.summaries() });
      return true;
    },
    browserFolder: BROWSER_FOLDER,
    openFile: toOpenFile(() => deck.deck, path.places),
    openShownFile: toOpenFile(shownDeck(deck), path.places),
    previewPort: parts.previewPort,
    openEditor: (line) => openEditor(path.file, line),
    reportBug,
  };
  const server = await listen(createApp(context), parts.port);
  const { lan, close } = await openForOthers(context, parts, server);
  const url = `http://localhost:${server.port}/`;
  const toLink = (secret: string) => `${url}open/${secret}/`;
  const makeLinkOnce = () => toLink(access.makeOnce());
  return { url, link: toLink(access.secret), makeLinkOnce, stage, runs, times, preflight, lan, close };
}

/** Our pages, each put together anew when it is asked for. */
async function readPages(
  { deck, summaries, drawings = {} }: ServerParts,
  told: Pick<PageData, 'token' | 'instance' | 'mode'>,
  plan: () => TalkPlan,
): Promise<ServerContext['pages']> {
  const [deckAssets, speakerAssets, printAssets] = await Promise.all([
    readAssets(BROWSER_FOLDER, 'src/browser/pages/main.ts'),
    readAssets(BROWSER_FOLDER, 'src/browser/pages/speaker.ts'),
    readAssets(BROWSER_FOLDER, 'src/browser/pages/print.ts'),
  ]);
  const data = (): PageData => ({ ...told, deckVersion: deck.version, demos: summaries() });
  return {
    deck: (isAskedFor) => toDeckPage(deck.deck, deckAssets, { ...data(), isAskedFor }),
    print: () => toPrintPage(deck.deck, printAssets, { demos: summaries(), drawings }),
    speaker: () => toSpeakerPage(deck.deck, speakerAssets, { ...data(), plan: plan() }),
  };
}

function toOpenRecording(catalog: DemoCatalog): ServerContext['openRecording'] {
  return async (demo, file) => {
    const entry = catalog.find(demo);
    return entry && openInside(entry.folder, join(entry.recordingFolder, file));
  };
}

/** The slides without what only the speaker sees; made once for each save. */
function shownDeck(watched: WatchedDeck): () => Pick<Deck, 'look' | 'stacks'> {
  let made: { of: Deck; shown: Pick<Deck, 'look' | 'stacks'> } | undefined;
  return () => {
    const { deck } = watched;
    if (made?.of !== deck) made = { of: deck, shown: { ...deck, stacks: deck.stacks.map(withoutNotes) } };
    return made.shown;
  };
}

/** What other devices and processes get of the talk, when it was asked for: most talks start without its code. */
async function openForOthers(
  context: ServerContext,
  { lan: flags, relay: address }: ServerParts,
  server: { port: number; close(): Promise<void> },
): Promise<Pick<OpenServer, 'lan' | 'close'>> {
  try {
    const relay =
      address === undefined ? undefined : await (await import('./open-relay.ts')).openRelay(context, address);
    const lan =
      flags === undefined
        ? undefined
        : await (await import('./open-lan.ts')).openLan(context, flags, server.port);
    if (lan !== undefined) context.lan = lan;
    const close = async () => {
      lan?.close();
      await relay?.close();
      await server.close();
    };
    return { lan, close };
  } catch (error) {
    await server.close();
    throw error;
  }
}

const lookAtNothing: RunChecks = async () => ({ at: Date.now(), tookMs: 0, checks: [] });
