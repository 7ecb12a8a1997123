import { describe, expect, test } from 'vitest';
import { createCastEncoder, toCastHeader } from '../../src/demo/recording/recording.ts';
import { parseRecording } from '../../src/demo/recording/cast-reader.ts';
import type { ReplicaFacts, RunEvent } from '../../src/demo/run/run-event.ts';
import { toRunView } from '../../src/demo/run/fold-run-event.ts';

const facts = (number: number, state: ReplicaFacts['state']): ReplicaFacts => ({
  service: 'web',
  number,
  state,
  name: `deckhand-web-${number}`,
  hostname: `host${number}`,
  pidOnHost: 100 + number,
});
const replica = (at: number, number: number, state: ReplicaFacts['state']): RunEvent => ({
  at,
  type: 'replica',
  facts: facts(number, state),
});

describe('several containers from one image, folded', () => {
  test('stand in the order of their numbers, each as it was told last', () => {
    const view = toRunView([replica(1, 2, 'starting'), replica(2, 1, 'ready'), replica(3, 2, 'ready')]);
    expect(view.replicas.map(({ number, state }) => [number, state])).toEqual([
      [1, 'ready'],
      [2, 'ready'],
    ]);
  });

  test('count from when they answered, and an ended one keeps its time', () => {
    const view = toRunView([replica(5, 1, 'starting'), replica(9, 1, 'ready'), replica(50, 1, 'ended')]);
    expect(view.replicas).toMatchObject([{ since: 9, state: 'ended' }]);
  });

  test('are the same when read back from a recording', () => {
    const events: RunEvent[] = [
      replica(1, 1, 'ready'),
      { at: 2, type: 'replica', facts: { ...facts(2, 'ready'), url: 'http://127.0.0.1:1/', ownBytes: 7 } },
    ];
    const encode = createCastEncoder();
    const head = toCastHeader({ title: 't', timestamp: 1, cols: 80, rows: 24, facts: undefined });
    const read = parseRecording(head + events.map((event) => encode(event)).join(''));
    expect('events' in read && toRunView(read.events).replicas).toEqual(toRunView(events).replicas);
  });

  test('an event of a later Deckhand is passed over', () => {
    const head = toCastHeader({ title: 't', timestamp: 1, cols: 80, rows: 24, facts: undefined });
    const read = parseRecording(
      `${head}[0,"d","{\\"type\\":\\"hologram\\"}"]\n[0,"d","{\\"type\\":\\"exit\\",\\"status\\":0}"]\n`,
    );
    expect(read).toMatchObject({ events: [{ type: 'exit' }], isComplete: true });
  });
});
