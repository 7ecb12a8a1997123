import { anyPanel } from '../stage/any-panel.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DemoSummary } from '../../src/demo/demo-summary.ts';
import { DemoSession } from '../../src/browser/panel/session/demo-session.ts';
import type { DemoAction } from '../../src/browser/panel/session/demo-action.ts';
import { ApiError, type CallApi } from '../../src/browser/stage/api.ts';
import type { ListenToEvents } from '../../src/browser/stage/event-stream.ts';
import { StageClient } from '../../src/browser/stage/stage-client.ts';
import { toPace } from '../../src/demo/recording/recorded-pace.ts';
import type { RunEvent } from '../../src/demo/run/run-event.ts';
import { EventReader } from '../server/event-reader.ts';
import { TestServer } from '../server/test-server.ts';

// What a window remembers over a reload: each screen of this test is a new window, outside a browser.
vi.stubGlobal('location', new URL('http://localhost/'));
vi.stubGlobal('addEventListener', () => {});
vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: () => {}, removeItem: () => {} });

const RECORDED: RunEvent[] = [
  { at: 0, type: 'phase', phase: 'building' },
  { at: 9000, type: 'phase', phase: 'ready' },
];

const DJANGO: DemoSummary = {
  name: 'django',
  title: 'Django',
  views: ['terminal'],
  sources: [],
  canRun: true,
  recording: { date: '2026-11-23T10:00:00.000Z', durationMs: 9000, slowestBuildMs: 0 },
};

/** What the keys R, X, Z and E ask for. */
const KEYS: Record<string, DemoAction> = { R: 'run', X: 'stop', Z: 'reset', E: 'hold' };

let server: TestServer;
let screens: Screen[] = [];
beforeEach(async () => {
  server = await TestServer.open();
  const times = Float64Array.from(RECORDED, ({ at }) => at);
  server.plan = { fallback: 'ask', budgetMs: 3_600_000, pace: toPace({ events: RECORDED, times }) };
  screens = [new Screen(server), new Screen(server)];
});
afterEach(async () => {
  for (const screen of screens) screen.close();
  await server[Symbol.asyncDispose]();
});

/** What a window does with keys and with what the server says, without a browser around it. */
class Screen {
  readonly stage: StageClient;
  readonly session: DemoSession;
  readonly #readers: EventReader[] = [];

  constructor(of: TestServer) {
    const call: CallApi = async (method, path, body) => {
      const answer = await of.ask({
        method,
        path: `/api${path}`,
        token: true,
        ...(body === undefined ? {} : { body }),
      });
      if (answer.status >= 400)
        throw new ApiError(answer.json as { detail: string; hint: string; type: string });
      return answer.json;
    };
    const listen: ListenToEvents = (url, listener) => {
      void EventReader.open(of, url).then(async (reader) => {
        this.#readers.push(reader);
        for (;;) {
          const [message] = await reader.next(1).catch(() => []);
          if (message === undefined) return;
          // The server of this test knows no recording.
          if (message.event !== 'demos')
            listener({ event: message.event, data: message.data, at: Date.now() });
        }
      });
      return () => {};
    };
    this.stage = new StageClient(call, listen, [DJANGO]);
    this.session = new DemoSession('django', { stage: this.stage, call, listen });
  }

  press(key: string): Promise<void> {
    return this.session.act(KEYS[key] ?? 'hold');
  }

  close(): void {
    for (const reader of this.#readers) reader[Symbol.dispose]();
  }
}

/** Every order of so many of these keys. */
function orders(keys: string, length: number): string[] {
  if (length === 0) return [''];
  return orders(keys, length - 1).flatMap((order) => keys.split('').map((key) => order + key));
}

/** Presses without waiting for anything; what stops needs its time. */
async function pressAll(order: string): Promise<void> {
  const pressed = order.split('').map((key) => first().press(key));
  const ending = setInterval(() => server.runs.forEach((run) => run.stops > 0 && run.end()), 5);
  try {
    await Promise.all(pressed);
  } finally {
    clearInterval(ending);
  }
  await server.ask({ path: '/api/health' });
}

/** What plays on the stage now. */
function playing(): string {
  const { run, replay } = anyPanel(server.stage.state.panels['django']);
  if (replay !== undefined) return 'recording';
  const isLive =
    run !== undefined && server.runs.some((one, i) => one.stops === 0 && server.started[i]?.id === run.id);
  return isLive ? 'run' : 'nothing';
}

function first(): Screen {
  const [screen] = screens;
  if (screen === undefined) throw new Error('No screen was opened');
  return screen;
}

const running = () => server.runs.filter(({ stops }) => stops === 0).length;

/** Both screens show what the stage says. */
async function expectAgreement(): Promise<void> {
  const { version, panels } = server.stage.state;
  for (const { stage } of screens) {
    await expect.poll(() => stage.state.version, { timeout: 5000 }).toBe(version);
    expect(stage.state.panels).toEqual(panels);
  }
}

const MEANT: Record<string, string> = { R: 'run', X: 'nothing', Z: 'nothing', E: 'recording' };

describe('keys pressed faster than anything stops', () => {
  test.each(['', 'R', 'E'])('do what the last one means, in every order, after %j', async (before) => {
    for (const order of orders('RXZE', 3)) {
      if (order.endsWith('EE')) continue;
      await pressAll('Z');
      await pressAll(before);
      for (const run of server.runs) run.isSlowToStop = true;
      await pressAll(order);
      expect([order, playing()]).toEqual([order, MEANT[order.at(-1) ?? '']]);
      // Nothing goes on that no screen shows.
      expect([order, running()]).toEqual([order, order.endsWith('R') ? 1 : 0]);
    }
    await expectAgreement();
  });

  test('X, Z, E: the recording plays, although the reset takes long', async () => {
    await first().press('R');
    server.run.isSlowToStop = true;
    const pressed = ['X', 'Z', 'E'].map((key) => first().press(key));
    await pressed[2];
    expect(playing()).toBe('recording');
    server.run.end();
    await Promise.all(pressed);
    expect(playing()).toBe('recording');
    await expectAgreement();
  });
});
