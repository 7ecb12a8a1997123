import type { Msg } from '@nats-io/transport-node';
import type { Audience } from '../server/follow/audience.ts';
import { AnswerBudget } from './answer-budget.ts';
import { connectToRelay, type RelayConnection } from './connection.ts';
import type { RelayAddress } from './relay-address.ts';
import { publishPieces } from './signed-pieces.ts';
import { toSnapshotMessage } from './snapshot-message.ts';
import { toSign, type Sign, type TalkKey } from './talk-key.ts';

/** How often followers can notice that they missed something when nothing happens, in ms. */
const BEAT_MS = 1000;
/** How soon everything is told again to those who come, and how seldom when questions don't end. */
const SNAPSHOT_MS = { first: 200, longest: 5000 };
/** The same for each file. */
const FILE_MS = { first: 1000, longest: 60_000 };
/** Who asks is named in the answer. More than this many at a time ask again. */
const MAX_ASKING = 200;
const ASKING = /^[\w-]{16,32}$/;

export interface PublishOptions {
  address: RelayAddress;
  key: TalkKey;
  audience: Audience;
  /** A picture or a recording by its address; undefined for what the audience may not have. */
  readFile(path: string): Promise<Uint8Array | undefined>;
  report(line: string): void;
}

/**
 * Tells the talk to everybody who listens at the relay, and answers those who come late: all of them at once, and no more often
 * than a few times a second, whatever comes from there. It takes nothing from the relay but questions, and one that fails costs the talk nothing.
 */
export function publishTalk(options: PublishOptions): { close(): Promise<void> } {
  const { address, report } = options;
  const ended = new AbortController();
  const events = {
    onUp: () => report(`relay: connected to ${address.shown}`),
    onDown: (why = 'it is gone') =>
      report(`relay: ${address.shown}: ${why}; trying again, the talk is not affected`),
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

function publish(connection: RelayConnection, options: PublishOptions): () => Promise<void> {
  const { audience, key } = options;
  const { nats, subjects } = connection;
  const sign = toSign(key);
  let number = 0;
  const fields = () => ({ number: String(number), instance: audience.snapshot.instance });
  const stopListening = audience.listen((message) => {
    number += 1;
    // Kept back while nobody can hear it, it would only be old news: whoever missed it asks.
    if (connection.isUp()) publishPieces({ nats, sign }, subjects.live, toBytes(message), fields());
  });
  const beat = setInterval(() => {
    const head = { ...fields(), beat: 'yes' };
    if (connection.isUp()) publishPieces({ nats, sign }, subjects.live, new Uint8Array(), head);
  }, BEAT_MS);
  beat.unref();
  const stopAnswering = answerNewcomers(connection, sign, (asking) =>
    toBytes(toSnapshotMessage(number, audience.snapshot, asking)),
  );
  answerForFiles(connection, sign, options);
  return async () => {
    stopListening();
    stopAnswering();
    clearInterval(beat);
    await nats.close();
  };
}

/** Everything as it is now, told once to all who have asked since the last time. Returns what ends it. */
function answerNewcomers(
  { nats, subjects }: RelayConnection,
  sign: Sign,
  toAnswer: (asking: readonly string[]) => Uint8Array,
): () => void {
  const budget = new AnswerBudget(SNAPSHOT_MS.first, SNAPSHOT_MS.longest);
  const asking = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const answer = () => {
    timer = undefined;
    budget.spend();
    publishPieces({ nats, sign }, subjects.everything, toAnswer([...asking]));
    asking.clear();
  };
  nats.subscribe(subjects.now, {
    callback: (_error, message) => {
      const who = questionIn(message);
      if (!ASKING.test(who) || asking.size >= MAX_ASKING) return;
      asking.add(who);
      timer ??= setTimeout(answer, budget.waitMs);
    },
  });
  return () => clearTimeout(timer);
}

/** A file is told to all who listen, whoever asked: those who ask meanwhile get it as well. */
function answerForFiles(
  { nats, subjects }: RelayConnection,
  sign: Sign,
  { audience, readFile }: PublishOptions,
): void {
  const budgets = new Map<string, AnswerBudget>();
  let version = audience.pageVersion;
  const answer = async (path: string) => {
    const bytes = await readFile(path).catch(() => undefined);
    const found = bytes === undefined ? 'no' : 'yes';
    const head = { path: encodeURIComponent(path), found, instance: audience.snapshot.instance };
    publishPieces({ nats, sign }, subjects.fileAnswer, bytes ?? new Uint8Array(), head);
  };
  nats.subscribe(subjects.file, {
    callback: (_error, message) => {
      const path = questionIn(message);
      if (!audience.hasFile(path)) return;
      if (version !== audience.pageVersion) budgets.clear();
      version = audience.pageVersion;
      const budget = budgets.get(path) ?? new AnswerBudget(FILE_MS.first, FILE_MS.longest);
      budgets.set(path, budget);
      if (budget.waitMs > 0) return;
      budget.spend();
      void answer(path);
    },
  });
}

function questionIn({ data }: Msg): string {
  return data.length > 4096 ? '' : new TextDecoder().decode(data);
}

function toBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
