import { beforeAll, expect, test, vi } from 'vitest';
import type { HubMessage } from '../../src/browser/stage/hub-message.ts';
import { openLocalServer } from '../../src/browser/stage/local-server.ts';
import type { StageState } from '../../src/stage/stage-state.ts';

beforeAll(() => vi.stubGlobal('location', { href: 'https://host.example/talks/docker/index.html' }));

/** A window of a browser: what it was told last, and how it asks. */
function openWindow(build: string) {
  const server = openLocalServer(build);
  const states: StageState[] = [];
  const lasers: unknown[] = [];
  server.listen('/api/stage/events', ({ event, data }: HubMessage) => {
    if (event === 'stage') states.push(JSON.parse(data) as StageState);
    if (event === 'laser') lasers.push(JSON.parse(data));
  });
  return { server, lasers, state: () => states.at(-1) };
}

function move(h: number) {
  return { type: 'move', position: { h, v: 0, f: -1 } };
}

test('a window that opens later is where the others are, and drives them', async () => {
  const first = openWindow('late');
  await first.server.call('POST', '/stage', move(3));
  await first.server.call('POST', '/stage', { type: 'replay', demo: 'django' });
  const late = openWindow('late');
  await expect.poll(() => late.state()?.position.h).toBe(3);
  expect(late.state()?.panels['django']).toEqual(first.state()?.panels['django']);
  await late.server.call('POST', '/stage', move(4));
  await expect.poll(() => first.state()?.position.h).toBe(4);
});

test('two windows that move at the same time end at the same place', async () => {
  const windows = [openWindow('both'), openWindow('both')];
  await Promise.all(windows.map(({ server }, i) => server.call('POST', '/stage', move(i + 1))));
  await expect.poll(() => windows[0]?.state()?.position.h === windows[1]?.state()?.position.h).toBe(true);
});

test('windows with another build of the deck go their own way', async () => {
  const [old, fresh] = [openWindow('old'), openWindow('fresh')];
  await old.server.call('POST', '/stage', move(7));
  await expect.poll(() => old.state()?.position.h).toBe(7);
  await expect.poll(() => fresh.state()?.position.h).toBe(0);
});

test('the laser shows in every window, and a reset clears a panel', async () => {
  const [one, other] = [openWindow('laser'), openWindow('laser')];
  await one.server.call('POST', '/stage/laser', { point: { x: 10, y: 20 } });
  await expect.poll(() => other.lasers.at(-1)).toEqual({ x: 10, y: 20 });
  await one.server.call('POST', '/stage', { type: 'replay', demo: 'django' });
  await one.server.call('POST', '/demos/django/reset');
  await expect.poll(() => other.state()?.panels['django']).toEqual({ shows: 'nothing' });
});

test('what would need an engine is refused in words', async () => {
  const { server } = openWindow('refused');
  await expect(server.call('POST', '/demos/django/runs')).rejects.toThrow('nothing runs here');
});
