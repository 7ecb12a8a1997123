import { AUDIENCE_VERSION } from '../stage/audience.ts';
import type { Audience } from '../server/follow/audience.ts';
import { connectToRelay, type RelayConnection } from './connection.ts';
import { publishPieces } from './pieces.ts';
import type { RelayAddress } from './relay-address.ts';

/** How often followers can notice that they missed something when nothing happens, in ms. */
const BEAT_MS = 1000;

export interface PublishOptions {
  address: RelayAddress;
  audience: Audience;
  /** A picture or a recording by its address; undefined for what the audience may not have. */
  readFile(path: string): Promise<Uint8Array | undefined>;
  report(line: string): void;
}

/**
 * Tells the talk to everybody who listens at the relay, and answers those who come late. It takes nothing from there but
 * questions: the relay changes nothing in the talk, and one that fails costs the talk nothing.
 */
export function publishTalk(options: PublishOptions): { close(): Promise<void> } {
  const { address, report } = options;
  const ended = new AbortController();
  const events = {
    onUp: () => report(`relay: connected to ${address.shown}`),
    onDown: (why = 'it is gone') => report(`relay: ${address.shown}: ${why}; trying again, the talk goes on`),
  };
  const opened = connectToRelay(address, events, ended.signal).then((connection) =>
    connection === undefined ? undefined : publish(connection, options),
  );
  return {
    close: async () => {
      ended.abort();
      const close = await opened;
      await close?.();
    },
  };
}

function publish(connection: RelayConnection, { audience, readFile }: PublishOptions): () => Promise<void> {
  const { nats, subjects } = connection;
  let number = 0;
  const stop = audience.listen((message) => {
    number += 1;
    // Kept back while nobody can hear it, it would only be old news: whoever missed it asks.
    if (connection.isUp()) publishPieces(nats, subjects.live, toBytes(message), fields());
  });
  const fields = () => ({ number: String(number), instance: audience.snapshot.instance });
  const beat = setInterval(() => {
    if (connection.isUp()) publishPieces(nats, subjects.live, new Uint8Array(), { ...fields(), beat: 'yes' });
  }, BEAT_MS);
  beat.unref();
  nats.subscribe(subjects.now, {
    callback: (_error, { reply }) => {
      if (reply === undefined || reply === '') return;
      const answer = { format: AUDIENCE_VERSION, number, snapshot: audience.snapshot };
      publishPieces(nats, reply, toBytes(answer));
    },
  });
  nats.subscribe(subjects.file, {
    callback: (_error, { reply, data }) => {
      if (reply === undefined || reply === '') return;
      void readFile(new TextDecoder().decode(data)).then((bytes) =>
        publishPieces(nats, reply, bytes ?? new Uint8Array(), { found: bytes === undefined ? 'no' : 'yes' }),
      );
    },
  });
  return async () => {
    stop();
    clearInterval(beat);
    await nats.close();
  };
}

function toBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
