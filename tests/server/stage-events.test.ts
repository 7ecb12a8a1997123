import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Outbox } from '../../src/server/outbox.ts';
import type { StageMessage } from '../../src/stage/stage-message.ts';
import { initialStage } from '../../src/stage/stage-state.ts';
import { EventReader } from './event-reader.ts';
import { TestServer } from './test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.open();
});
afterEach(() => server[Symbol.asyncDispose]());

const listen = () => EventReader.open(server, '/api/stage/events');
const dataOf = ({ data }: { data: string }) => JSON.parse(data) as Record<string, unknown>;
const LINE = { type: 'stroke', slide: 'one', by: 'me', id: 'a', colour: 'red', points: [1, 2] };
const move = (h: number) => ({ type: 'move', position: { h, v: 0, f: -1 } });

describe('a screen that listens to the stage', () => {
  test('first hears which Deckhand this is, where the talk is, what is drawn, and what the newest save says', async () => {
    await server.post('/api/stage', move(1));
    await server.post('/api/stage/drawing', LINE);
    using screen = await listen();
    const greeting = await screen.next(6);
    const names = ['hello', 'stage', 'demos', 'drawings', 'times', 'deck'];
    expect(greeting.map((one) => one.event)).toEqual(names);
    const [hello, stage, , drawings, , deck] = greeting;
    expect(dataOf(hello ?? { data: '' })).toEqual({ instance: 'this-process', deckVersion: 4 });
    expect(dataOf(stage ?? { data: '' })).toMatchObject({ version: 1, position: { h: 1 }, now: 1000 });
    expect(dataOf(drawings ?? { data: '' })).toEqual({ one: [{ id: 'a', colour: 'red', points: [1, 2] }] });
    expect(dataOf(deck ?? { data: '' })).toEqual({ title: 'A talk', diagnostics: [], file: 'talk.md' });
  });

  test('sees the same as another one', async () => {
    using first = await listen();
    using second = await listen();
    await Promise.all([first.next(6), second.next(6)]);
    await server.post('/api/stage', move(1));
    expect(await first.next(1)).toEqual(await second.next(1));
    await server.post('/api/stage', { type: 'view', demo: 'django', view: 'terminal' });
    const one = await first.nextOf('stage');
    expect(await second.nextOf('stage')).toEqual(one);
    expect(dataOf(one)).toMatchObject({
      version: 2,
      panels: { django: { view: 'terminal' } },
    });
  });

  test('is forgotten when it goes, while another one listens on', async () => {
    const first = await listen();
    using second = await listen();
    await Promise.all([first.next(6), second.next(6)]);
    first[Symbol.dispose]();
    await server.post('/api/stage', move(2));
    expect(dataOf((await second.next(1))[0] ?? { data: '' })).toMatchObject({ position: { h: 2 } });
  });
});

const stageAt = (version: number): StageMessage => ({
  event: 'stage',
  data: { ...initialStage(), version, now: 0 },
});
const deckAt = (to: number): StageMessage => ({
  event: 'deck',
  data: {
    title: '',
    diagnostics: [],
    file: '',
    patch: { from: to - 1, to, start: 0, remove: 0, insert: [] },
  },
});

async function readAll(outbox: Outbox, count: number): Promise<StageMessage[]> {
  const read: StageMessage[] = [];
  for await (const message of outbox.messages()) {
    read.push(message);
    if (read.length === count) outbox.close();
  }
  return read;
}

const lineAt = (x: number): StageMessage => ({
  event: 'drawing',
  data: { type: 'stroke', slide: 'one', by: 'me', id: 'a', colour: 'red', points: [x, 0] },
});

describe('what waits for a screen', () => {
  test('comes in order, the greeting before all that happened since', async () => {
    const outbox = new Outbox([stageAt(1), deckAt(1)]);
    outbox.put(deckAt(2));
    outbox.put({ event: 'demos', data: [] });
    expect((await readAll(outbox, 4)).map((message) => message.event)).toEqual([
      'stage',
      'deck',
      'deck',
      'demos',
    ]);
  });

  test('never holds an older state of the stage behind a newer one', async () => {
    const outbox = new Outbox([stageAt(1), deckAt(1)]);
    outbox.put(stageAt(2));
    outbox.put(deckAt(2));
    outbox.put(stageAt(3));
    expect(await readAll(outbox, 3)).toEqual([deckAt(1), deckAt(2), stageAt(3)]);
  });

  test('holds every piece of a line that is drawn', async () => {
    const outbox = new Outbox([]);
    for (const x of [1, 2, 3]) outbox.put(lineAt(x));
    expect(await readAll(outbox, 3)).toEqual([lineAt(1), lineAt(2), lineAt(3)]);
  });

  test('is one state for a screen that stopped reading, however long the talk goes on', async () => {
    const outbox = new Outbox([]);
    for (let version = 1; version <= 10_000; version += 1) outbox.put(stageAt(version));
    expect(await readAll(outbox, 1)).toEqual([stageAt(10_000)]);
  });

  test('is given up when a screen misses hundreds of saves: it connects again and gets the deck as it is', async () => {
    const outbox = new Outbox([]);
    for (let version = 1; version <= 1000; version += 1) outbox.put(deckAt(version));
    expect(await readAll(outbox, 1)).toEqual([]);
  });

  test('reaches a reader that waits', async () => {
    const outbox = new Outbox([]);
    const reading = readAll(outbox, 2);
    outbox.put(stageAt(1));
    outbox.put(deckAt(1));
    expect(await reading).toEqual([stageAt(1), deckAt(1)]);
  });

  test('ends for a reader that waits', async () => {
    const outbox = new Outbox([]);
    const reading = readAll(outbox, 1);
    outbox.close();
    expect(await reading).toEqual([]);
  });
});
