import { describe, expect, test } from 'vitest';
import type { ReplicaFacts } from '../../../src/demo/run/run-event.ts';
import { type TestBuilder, testEngines } from '../../engine/test-engine.ts';
import { describe as show, leftovers, startTestRun, type TestRun, uniqueName } from '../run-demo.ts';

/** Answers with its own container's name, and keeps a file of its own. */
const app = `import http.server, os, socket
class Handler(http.server.BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.send_response(200); self.end_headers()
    def do_GET(self):
        open('written', 'a').write('x' * 5000)
        self.send_response(200); self.end_headers()
        self.wfile.write(f'{socket.gethostname()} {os.path.getsize("written")}'.encode())
http.server.ThreadingHTTPServer(('0.0.0.0', 8000), Handler).serve_forever()
`;

async function startApp(builder: TestBuilder): Promise<TestRun> {
  const files = {
    'compose.yaml': `name: ${uniqueName()}\nservices:\n  web:\n    build: .\n    ports: ["8000"]\n    stop_grace_period: 1s\nx-demo:\n  views: [layers]\n  app: {service: web, port: 8000}\n`,
    Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY app.py .\nCMD ["python", "app.py"]\n',
    'app.py': app,
  };
  return startTestRun(files, { builder });
}

async function replica(made: TestRun, number: number, state: ReplicaFacts['state']): Promise<ReplicaFacts> {
  const event = await made.first(
    (one) => one.type === 'replica' && one.facts.number === number && one.facts.state === state,
  );
  if (event.type !== 'replica') throw new Error('no replica event');
  return event.facts;
}

describe.each(testEngines)('several containers from one image, on %s', (builder) => {
  test('each has its own name, port, process and files; the image is one', async () => {
    await using made = await startApp(builder);
    const first = await replica(made, 1, 'ready');
    await made.run.addReplica();
    const second = await replica(made, 2, 'ready');
    for (const one of [first, second]) {
      const text = await (await fetch(one.url ?? '')).text();
      expect(text).toBe(`${one.hostname} 5000`);
      expect(one.ownBytes).toBeLessThan(1_000_000);
    }
    const printed = await made.first((event) => event.type === 'output' && event.number === 2);
    expect(printed).toMatchObject({ service: 'web', text: expect.stringContaining('HTTP/1') });
    expect(new Set([first.hostname, second.hostname]).size).toBe(2);
    expect(new Set([first.url, second.url]).size).toBe(2);
    expect(new Set([first.pidOnHost, second.pidOnHost]).size).toBe(2);
  });

  test('there are at most four, however many are asked for at once', async () => {
    await using made = await startApp(builder);
    await replica(made, 1, 'ready');
    const asked = await Promise.allSettled([1, 2, 3, 4, 5].map(async () => made.run.addReplica()));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    await expect(made.run.addReplica()).rejects.toMatchObject({ code: 'too-many' });
    await replica(made, 4, 'ready');
    made.run.stop();
    await made.run.done;
    expect(await leftovers(made.engine, made.demo.name)).toEqual([]);
  });

  test('one that is being started when the run is stopped is cleaned up as well', async () => {
    await using made = await startApp(builder);
    await replica(made, 1, 'ready');
    const asked = Promise.allSettled([made.run.addReplica(), made.run.addReplica()]);
    made.run.stop();
    await made.run.done;
    await asked;
    expect(await leftovers(made.engine, made.demo.name)).toEqual([]);
    await expect(made.run.addReplica()).rejects.toMatchObject({ code: 'not-running' });
  });

  test('one that dies says so, and the others go on', async () => {
    await using made = await startApp(builder);
    const first = await replica(made, 1, 'ready');
    await made.run.addReplica();
    const second = await replica(made, 2, 'ready');
    process.kill(second.pidOnHost, 'SIGKILL');
    await replica(made, 2, 'ended');
    expect((await fetch(first.url ?? '')).status).toBe(200);
  });

  test('none can be added before the run is ready', async () => {
    await using made = await startApp(builder);
    await expect(made.run.addReplica()).rejects.toMatchObject({ code: 'not-running' });
    await replica(made, 1, 'ready');
    made.run.stop();
    const events = await made.all();
    expect(show(events)).not.toContain('"number":2');
  });
});
