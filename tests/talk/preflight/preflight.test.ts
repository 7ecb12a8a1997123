import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { toBoardText } from '../../../src/cli/text/board-text.ts';
import { findShownFiles, toPictureCheck } from '../../../src/talk/preflight/deck.ts';
import { toClockCheck } from '../../../src/talk/preflight/engine.ts';
import { inTime } from '../../../src/talk/preflight/in-time.ts';
import { checkPort, toBatteryCheck, toDiskCheck } from '../../../src/talk/preflight/machine.ts';
import { checkScreens } from '../../../src/talk/preflight/screens.ts';
import { compileDeck } from '../../../src/deck/compile.ts';
import { UserError } from '../../../src/demo/user-error.ts';
import { parseDf } from '../../../src/runner/free-space.ts';
import type { Check, ScreenFacts } from '../../../src/stage/preflight.ts';
import { makeFolder } from '../../engine/test-engine.ts';

const NOW = new Date(2026, 4, 1, 14, 30);

async function listenOn(answer: string): Promise<{ port: number; server: Server }> {
  const server = createServer((_request, response) => response.end(answer));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

describe('a check', () => {
  test('that hangs is told as one that could not be told, in time', async () => {
    const began = performance.now();
    const [check] = await inTime('disk', () => new Promise<Check>(() => {}), 50);
    expect(check).toMatchObject({ name: 'disk', state: 'amber', what: expect.stringContaining('0.05 s') });
    expect(performance.now() - began).toBeLessThan(2000);
  });

  test('that fails says why, and what to do when that is known', async () => {
    const refuse = () => Promise.reject(new UserError('x', 'No engine.', 'Start it.'));
    expect(await inTime('engine', refuse)).toEqual([
      { name: 'engine', state: 'red', what: 'No engine.', next: 'Start it.' },
    ]);
    const [broken] = await inTime('disk', () => Promise.reject(new Error('EIO')));
    expect(broken).toMatchObject({ state: 'amber', what: 'could not be checked: EIO' });
  });
});

describe('this machine', () => {
  test('has a free port, one that a Deckhand presents at, or one that another program took', async () => {
    const { port, server } = await listenOn('something else');
    expect(await checkPort(port)).toMatchObject({
      state: 'red',
      next: expect.stringContaining(`--port ${port + 1}`),
    });
    server.close();
    await once(server, 'close');
    expect(await checkPort(port)).toMatchObject({ state: 'green', what: `${port} is free` });
    const deckhand = await listenOn('{"type": "urn:deckhand:no-key"}');
    expect(await checkPort(deckhand.port)).toMatchObject({
      state: 'green',
      what: expect.stringContaining('already'),
    });
    deckhand.server.close();
  });

  test('runs on mains without a battery; low and unplugged stops the talk', () => {
    expect(toBatteryCheck(false, true, 0)).toMatchObject({ state: 'green', what: 'none: on mains' });
    expect(toBatteryCheck(true, true, 12)).toMatchObject({ state: 'green' });
    expect(toBatteryCheck(true, false, 80)).toMatchObject({
      state: 'amber',
      next: expect.stringContaining('charger'),
    });
    expect(toBatteryCheck(true, false, 12)).toMatchObject({ state: 'red' });
  });

  test('has room, little room, or none', () => {
    expect(toDiskCheck('disk', 60e9)).toMatchObject({ state: 'green', what: '60.0 GB free' });
    expect(toDiskCheck('disk', 3e9)).toMatchObject({ state: 'amber' });
    expect(toDiskCheck('disk', 1e8)).toMatchObject({ state: 'red' });
  });

  test('has a clock that agrees with the engine, or not', () => {
    expect(toClockCheck(NOW, true, 300)).toMatchObject({ state: 'green' });
    expect(toClockCheck(NOW, undefined, undefined)).toMatchObject({ state: 'green' });
    expect(toClockCheck(NOW, true, -34_000)).toMatchObject({
      state: 'amber',
      what: expect.stringContaining('34 s behind'),
    });
    expect(toClockCheck(NOW, false, 0)).toMatchObject({ state: 'amber' });
  });
});

test("df's answer is read whatever the device is called", () => {
  const text =
    'Filesystem 1024-blocks Used Available Capacity Mounted on\noverlay 263174212 21000000 78000000 22% /\n';
  expect(parseDf(text)).toBe(78_000_000 * 1024);
  expect(parseDf('sh: df: not found\n')).toBeUndefined();
  expect(parseDf('')).toBeUndefined();
});

describe("the deck's pictures", () => {
  const deck = compileDeck(
    '# One\n\n![](a%20b.png) ![](gone.jpg) ![](https://example.org/far.png) [a link](elsewhere.pdf)\n\n# Two {data-background-image="back.svg"}\n',
  );

  test('are found in the folders, missing, or on the network; what is only linked is no picture', async () => {
    await using made = await makeFolder({ 'a b.png': 'x', 'back.svg': 'x' });
    const shown = await findShownFiles(deck, { folders: [made.folder], root: made.folder });
    expect(shown.pictures.map(({ path }) => path).toSorted()).toEqual(['a b.png', 'back.svg']);
    expect(shown.missing).toEqual(['gone.jpg']);
    expect(shown.remote).toEqual(['https://example.org/far.png']);
    expect(toPictureCheck(shown, [])).toMatchObject({ state: 'red', what: 'not here: gone.jpg' });
    const here = { ...shown, missing: [] };
    expect(toPictureCheck(here, ['a b.png'])).toMatchObject({
      state: 'red',
      what: "can't be decoded: a b.png",
    });
    expect(toPictureCheck(here, [])).toMatchObject({ state: 'amber' });
    expect(toPictureCheck({ ...here, remote: [] }, undefined)).toMatchObject({
      state: 'green',
      what: expect.stringContaining('no browser'),
    });
  });
});

describe("the deck's windows", () => {
  const window: ScreenFacts = {
    page: 'deck',
    width: 1920,
    height: 1080,
    screenWidth: 1920,
    screenHeight: 1080,
    zoom: 1,
  };
  const url = 'http://localhost:4100/';

  test('are fine when large and not zoomed', () => {
    expect(checkScreens([window], url)).toMatchObject({
      state: 'green',
      what: '1920×1080, the whole screen, zoom 100 %',
    });
  });

  test('are worth a look when there is none, when small, and when zoomed', () => {
    expect(checkScreens([{ ...window, page: 'speaker' }], url)).toMatchObject({
      state: 'amber',
      next: expect.stringContaining(url),
    });
    expect(checkScreens([{ ...window, width: 800, height: 600 }], url)).toMatchObject({ state: 'amber' });
    expect(checkScreens([{ ...window, zoom: 1.25 }], url)).toMatchObject({
      state: 'amber',
      what: expect.stringContaining('125 %'),
      next: expect.stringContaining('Ctrl+0'),
    });
  });
});

test('the board says its states in words and signs, and counts them', () => {
  const checks: Check[] = [
    { name: 'engine', state: 'green', what: 'Docker', next: '' },
    { name: 'port', state: 'red', what: '4100 is taken', next: 'Stop it.' },
  ];
  const text = toBoardText({ at: 0, tookMs: 1234, checks }, false);
  expect(text).toBe(`✓ fine  engine  Docker
✗ stop  port    4100 is taken
                → Stop it.

1 fine, 1 must be put right before the talk (1.2 s)
`);
});
