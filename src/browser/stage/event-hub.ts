import type { HubMessage } from './hub-message.ts';
import { LastingStream } from './lasting-stream.ts';
import { changeDrawings } from '../../stage/drawing.ts';
import { STAGE_EVENTS, type MessageData } from '../../stage/stage-message.ts';

/**
 * Server-sent events for many listeners over one connection an address. A browser allows six connections to a server
 * over HTTP/1.1 for all its windows together; deck, speaker view and mirrors would use them up.
 */

export type HubListener = (message: HubMessage) => void;

interface Channel {
  stream: LastingStream;
  listeners: Set<HubListener>;
  /** What a listener that joins late must hear first. */
  backlog: HubMessage[];
}

/** Of the stage and of runs. */
const EVENTS = [...STAGE_EVENTS, 'message', 'end'];

export class EventHub {
  #channels = new Map<string, Channel>();

  /** Returns the function that ends it. */
  listen(url: string, listener: HubListener): () => void {
    const channel = this.#channels.get(url) ?? this.#open(url);
    for (const message of channel.backlog) listener(message);
    channel.listeners.add(listener);
    return () => {
      channel.listeners.delete(listener);
      if (channel.listeners.size > 0) return;
      channel.stream.close();
      this.#channels.delete(url);
    };
  }

  #open(url: string): Channel {
    const listeners = new Set<HubListener>();
    const hear = (message: HubMessage) => {
      channel.backlog = remember(channel.backlog, message);
      for (const listener of listeners) listener(message);
      if (message.event === 'end') channel.stream.close();
    };
    const canEnd = url.startsWith('/api/runs/');
    const stream = new LastingStream({ url, events: EVENTS, canEnd, hear });
    const channel: Channel = { stream, listeners, backlog: [] };
    this.#channels.set(url, channel);
    return channel;
  }
}

/** Runs are remembered whole; of the stage only the newest state, and the version of the deck that is up. */
function remember(backlog: HubMessage[], message: HubMessage): HubMessage[] {
  switch (message.event) {
    case 'message':
    case 'end':
    case 'gone':
      backlog.push(message);
      return backlog;
    case 'hello':
    case 'stage':
    case 'demos':
    case 'preflight':
    case 'lan':
    case 'drawings':
    case 'times':
      return [...backlog.filter((one) => one.event !== message.event), message];
    case 'drawing':
      return backlog.map((one) => (one.event === 'drawings' ? withDrawing(one, message) : one));
    case 'deck':
      return [...backlog.filter((one) => one.event !== 'deck'), withoutPatch(message)].map((one) =>
        one.event === 'hello' ? withVersion(one, message) : one,
      );
    default:
      return backlog;
  }
}

/** A page that comes now has the deck with this patch in it already. */
function withoutPatch(deck: HubMessage): HubMessage {
  const { patch: _patch, ...data } = JSON.parse(deck.data) as MessageData<'deck'>;
  return { ...deck, data: JSON.stringify(data) };
}

function withVersion(hello: HubMessage, deck: HubMessage): HubMessage {
  const { patch } = JSON.parse(deck.data) as MessageData<'deck'>;
  if (patch === undefined) return hello;
  const data = JSON.parse(hello.data) as object;
  return { ...hello, data: JSON.stringify({ ...data, deckVersion: patch.to }) };
}

function withDrawing(drawings: HubMessage, { data }: HubMessage): HubMessage {
  const before = JSON.parse(drawings.data) as MessageData<'drawings'>;
  const change = JSON.parse(data) as MessageData<'drawing'>;
  return { ...drawings, data: JSON.stringify(changeDrawings(before, change)) };
}
