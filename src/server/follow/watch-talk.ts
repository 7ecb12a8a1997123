import { runOf } from '../../stage/panel-state.ts';
import type { Deck } from '../../deck/deck.ts';
import type { RunEvent, RunSource } from '../../demo/run/run-event.ts';
import {
  toAudienceDemo,
  toAudienceEvent,
  toAudienceStage,
  type AudienceMessage,
  type AudienceSnapshot,
} from '../../stage/audience.ts';
import type { ServerContext } from '../server-context.ts';
import type { StageMessage } from '../../stage/stage-message.ts';
import { Audience } from './audience.ts';
import { toFileAddresses } from './file-addresses.ts';

/** Events of a run that come within this are one message: a build tells hundreds a second. In ms. */
const GATHER_MS = 60;

type Talk = Pick<ServerContext, 'stage' | 'runs' | 'deck' | 'demos' | 'instance'>;

/** What the audience may see of the talk in this process, kept up to date for as long as the process lives. */
export function watchTalk(talk: Talk, withoutNotes: (html: string) => string): Audience {
  const audience = new Audience(toSnapshot(talk, withoutNotes));
  const watched = new Map<string, AbortController>();
  const followRuns = () => {
    const shown = new Set(Object.values(talk.stage.state.panels).flatMap((panel) => runOf(panel)?.id ?? []));
    for (const [id, stop] of watched) {
      if (shown.has(id)) continue;
      stop.abort();
      watched.delete(id);
    }
    for (const id of shown) {
      if (watched.has(id)) continue;
      const stop = new AbortController();
      watched.set(id, stop);
      void tellRun(audience, id, talk.runs.get(id).run, stop.signal);
    }
  };
  talk.stage.listen((message) => {
    const told = toAudienceMessage(message, talk.deck.deck, withoutNotes);
    if (told !== undefined) audience.tell(told);
    if (message.event === 'stage') followRuns();
  });
  followRuns();
  return audience;
}

function toSnapshot(talk: Talk, withoutNotes: (html: string) => string): AudienceSnapshot {
  const { deck, version } = talk.deck;
  const { title, lang, authors, hasMath, look } = deck;
  return {
    instance: talk.instance,
    deck: {
      version,
      title,
      lang,
      authors,
      hasMath,
      look,
      stacks: deck.stacks.map(withoutNotes),
      files: toFileAddresses(deck.files),
    },
    stage: toAudienceStage(talk.stage.state),
    demos: talk.demos().map(toAudienceDemo),
    drawings: talk.stage.drawings,
    runs: [],
  };
}

/** Undefined for what only the speaker's screens are told: everything that is not named here. */
function toAudienceMessage(
  message: StageMessage,
  deck: Deck,
  withoutNotes: (html: string) => string,
): AudienceMessage | undefined {
  switch (message.event) {
    case 'stage':
      return { event: 'stage', data: toAudienceStage(message.data) };
    case 'demos':
      return { event: 'demos', data: message.data.map(toAudienceDemo) };
    case 'deck': {
      const { patch, title, files = [] } = message.data;
      if (patch === undefined) return files.length === 0 ? undefined : { event: 'files', data: files };
      const shown = { ...patch, insert: patch.insert.map(withoutNotes) };
      return {
        event: 'deck',
        data: {
          patch: shown,
          title,
          hasMath: deck.hasMath,
          look: deck.look,
          named: toFileAddresses(deck.files),
          file: '',
          diagnostics: [],
        },
      };
    }
    case 'laser':
    case 'drawing':
    case 'drawings':
      return message;
    default:
      return undefined;
  }
}

/** The run's events in pieces, from its beginning to its end. */
async function tellRun(audience: Audience, id: string, run: RunSource, signal: AbortSignal): Promise<void> {
  let from = 0;
  let events: RunEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  const tell = (isOver: boolean) => {
    clearTimeout(timer);
    timer = undefined;
    if (signal.aborted || (events.length === 0 && !isOver)) return;
    audience.tell({ event: 'run', data: { id, from, events, isOver } });
    from += events.length;
    events = [];
  };
  for await (const event of run.events(0, signal)) {
    events.push(toAudienceEvent(event));
    timer ??= setTimeout(() => tell(false), GATHER_MS);
  }
  tell(true);
}
