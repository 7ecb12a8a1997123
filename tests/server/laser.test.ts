import { expect, test } from 'vitest';
import { EventReader } from './event-reader.ts';
import { TestServer } from './test-server.ts';

test('a laser point reaches every screen at once and leaves the stage as it was', async () => {
  await using server = await TestServer.open();
  using screen = await EventReader.open(server, '/api/stage/events');
  await screen.next(6);
  const { status } = await server.post('/api/stage/laser', { point: { x: 12.5, y: 80 } });
  expect(status).toBe(204);
  await server.post('/api/stage/laser', { point: null });
  const events = await screen.next(2);
  expect(events).toEqual([
    { event: 'laser', data: '{"x":12.5,"y":80}' },
    { event: 'laser', data: 'null' },
  ]);
  expect(server.stage.state.version).toBe(0);
});

test('a point off the slide is refused', async () => {
  await using server = await TestServer.open();
  for (const point of [{ x: 101, y: 0 }, { x: -1, y: 0 }, { x: 'a', y: 0 }, 'here']) {
    const { status, json } = await server.post('/api/stage/laser', { point });
    expect([status, json['type']]).toEqual([400, 'urn:deckhand:bad-laser']);
  }
});
