import { setTimeout } from 'node:timers/promises';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { RelayAddress } from './relay-address.ts';

const RETRY_MS = 500;
/** A dead connection is noticed within twice this, in ms. */
const PING_MS = 5000;
const CONNECT_MS = 2000;

/** Those that the presenter publishes on, and those that it is asked on. */
export interface RelaySubjects {
  live: string;
  everything: string;
  fileAnswer: string;
  now: string;
  file: string;
}

export interface RelayConnection {
  nats: NatsConnection;
  /** The subjects of this talk. */
  subjects: RelaySubjects;
  /** False while the server can't be reached; the connection is made again by itself. */
  isUp(): boolean;
}

export interface ConnectionEvents {
  onUp(): void;
  /** `why` is what the server or the network said, when it said something. */
  onDown(why?: string): void;
}

/**
 * Connects to the relay's server, and stays connected; waits for one that isn't there yet. Undefined when `signal` ends the
 * waiting.
 */
export async function connectToRelay(
  address: RelayAddress,
  events: ConnectionEvents,
  signal: AbortSignal,
): Promise<RelayConnection | undefined> {
  const nats = await connectAtLast(address, events, signal);
  if (nats === undefined) return undefined;
  let isUp = true;
  void (async () => {
    for await (const { type } of nats.status()) {
      if (type === 'disconnect') {
        isUp = false;
        events.onDown();
      }
      if (type === 'reconnect') {
        isUp = true;
        events.onUp();
      }
    }
  })();
  events.onUp();
  const { talk } = address;
  const subjects: RelaySubjects = {
    live: `deckhand.${talk}.live`,
    everything: `deckhand.${talk}.everything`,
    fileAnswer: `deckhand.${talk}.file-answer`,
    now: `deckhand.${talk}.now`,
    file: `deckhand.${talk}.file`,
  };
  return { nats, subjects, isUp: () => isUp };
}

/** The library can wait for its first connection as well, but not be told to stop. */
async function connectAtLast(
  { servers, talk, user, pass, token }: RelayAddress,
  { onDown }: ConnectionEvents,
  signal: AbortSignal,
): Promise<NatsConnection | undefined> {
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    try {
      return await connect({
        servers,
        name: `deckhand ${talk}`,
        ...(user === undefined ? {} : { user }),
        ...(pass === undefined ? {} : { pass }),
        ...(token === undefined ? {} : { token }),
        maxReconnectAttempts: -1,
        reconnectTimeWait: RETRY_MS,
        pingInterval: PING_MS,
        timeout: CONNECT_MS,
      });
    } catch (error) {
      if (isFirst) onDown(error instanceof Error ? error.message : String(error));
      await setTimeout(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}
