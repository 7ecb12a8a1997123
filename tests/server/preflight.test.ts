import { expect, test } from 'vitest';
import { TestServer } from './test-server.ts';

const screen = { page: 'deck', width: 1600, height: 900, screenWidth: 1920, screenHeight: 1080, zoom: 1 };

test('asking what was found looks at nothing; looking asks the windows for their screens', async () => {
  await using server = await TestServer.open();
  const before = await server.ask({ path: '/api/preflight' });
  expect(before.json).toEqual({ prewarm: [] });
  const looking = server.post('/api/preflight');
  const again = server.post('/api/preflight');
  await expect.poll(() => server.context.preflight.state.asks).toBeDefined();
  const { asks } = server.context.preflight.state;
  expect((await server.post('/api/preflight/screen', { asks, screen })).status).toBe(204);
  expect((await server.post('/api/preflight/screen', { asks: 'of another look', screen })).status).toBe(204);
  const { json } = await looking;
  expect(json['board']).toMatchObject({ at: 1000, checks: [{ name: 'deck', what: '1600' }] });
  expect((await again).json).toEqual(json);
  expect((await server.ask({ path: '/api/preflight' })).json).toEqual(json);
});

test('a screen that is none is refused, and so is one who has no token', async () => {
  await using server = await TestServer.open();
  const refused = await server.post('/api/preflight/screen', {
    asks: 'x',
    screen: { ...screen, width: 'wide' },
  });
  expect(refused).toMatchObject({ status: 400, json: { type: 'urn:deckhand:bad-screen' } });
  expect((await server.ask({ method: 'POST', path: '/api/preflight' })).status).toBe(401);
});
