import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { awaitAnswer, type Answered, type NotYet } from '../../src/runner/await-answer.ts';

interface Waited {
  answered: Answered | undefined;
  reasons: NotYet[];
  asked: string[];
}

async function waitFor(answer: http.RequestListener, giveUpMs = 20_000): Promise<Waited> {
  const asked: string[] = [];
  const reasons: NotYet[] = [];
  const app = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => {
    app.listen(0, '127.0.0.1', resolve);
  });
  const { port } = app.address() as AddressInfo;
  const answered = await awaitAnswer({
    look: async () => port,
    path: '/start',
    host: `app.localhost:${port}`,
    signal: new AbortController().signal,
    giveUp: AbortSignal.timeout(giveUpMs),
    onNotYet: (reason) => reasons.push(reason),
  });
  app.close();
  app.closeAllConnections();
  return { answered, reasons, asked };
}

test('an app that answers slowly is waited for, asked once, and said to be slow', async () => {
  const { answered, reasons, asked } = await waitFor(
    (_request, response) => void delay(6000).then(() => response.end('here')),
  );
  expect(answered).toMatchObject({ asks: 'as-it-is' });
  expect(asked).toEqual(['HEAD /start']);
  expect(reasons.map(({ why }) => why)).toEqual(['slow']);
});

test('502, 503 and 504 are what stands before an app, and not the app', async () => {
  const statuses = [502, 502, 503, 504, 200];
  const { answered, reasons } = await waitFor((request, response) =>
    response.writeHead((request.method === 'GET' ? statuses.shift() : statuses[0]) ?? 200).end(),
  );
  expect(answered).toBeDefined();
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  expect(reasons).toEqual([502, 503, 504].map((status) => ({ why: 'status', status })));
  const never = await waitFor((_request, response) => response.writeHead(502).end(), 500);
  expect(never.answered).toBeUndefined();
});

test('an app that refuses HEAD, or any name but localhost, is ready all the same', async () => {
  const { answered } = await waitFor(({ method, headers }, response) => {
    // Some close the connection on it.
    if (method === 'HEAD') return void response.destroy();
    const isFine = headers.host?.startsWith('localhost:') === true;
    response.writeHead(isFine ? 200 : 400).end();
  });
  expect(answered).toMatchObject({ asks: 'localhost' });
});
