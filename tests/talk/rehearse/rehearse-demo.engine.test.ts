import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DemoCatalog } from '../../../src/talk/demos/demo-catalog.ts';
import {
  findLeft,
  rehearseDemo,
  type RehearsedDemo,
  type RehearseParts,
} from '../../../src/talk/rehearse/rehearse-demo.ts';
import { parseRecording } from '../../../src/demo/recording/cast-reader.ts';
import type { Engine, Labelled } from '../../../src/engine/engine.ts';
import { nameInstance } from '../../../src/runner/instance.ts';
import { connectTestEngine } from '../../engine/test-engine.ts';
import { leftovers, uniqueName } from '../../runner/run-demo.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await connectTestEngine();
});
afterAll(() => engine.close());

/** Answers `/` with the file `said`, `/ask?q=…` with the question, and counts its starts in a volume. */
const APP = `import http.server, urllib.parse
starts = open('/kept/starts', 'a+'); starts.write('x'); starts.flush(); starts.seek(0); count = len(starts.read())
print('API key is c0rrect-h0rse', flush=True)
class App(http.server.BaseHTTPRequestHandler):
    def do_HEAD(self): self.do_GET()
    def do_GET(self):
        url = urllib.parse.urlparse(self.path)
        text = {'/': open('/app/said').read(), '/ask': 'You asked ' + url.query, '/count': str(count)}.get(url.path)
        self.send_response(200 if text else 404); self.end_headers()
        if self.command == 'GET': self.wfile.write((text or 'no').encode())
http.server.HTTPServer(('', 8000), App).serve_forever()
`;

interface Rehearsal extends AsyncDisposable {
  folder: string;
  name: string;
  rehearse(options?: Partial<RehearseParts>): Promise<RehearsedDemo>;
}

async function prepare(xDemo: string, more = ''): Promise<Rehearsal> {
  const name = uniqueName();
  const root = await mkdtemp(join(tmpdir(), 'deckhand-rehearse-'));
  const folder = join(root, 'demos', name);
  await mkdir(folder, { recursive: true });
  const files = {
    'compose.yaml': `name: ${name}
services:
  web:
    build: .
    ports: ["8000"]
    stop_grace_period: 0s
    environment: {API_KEY: c0rrect-h0rse}
    volumes: ["kept:/kept"]
${more}volumes: {kept: {}}
x-demo:
  views: [dockerfile, terminal, app]
  app: {service: web, port: 8000}
${xDemo}`,
    Dockerfile: 'FROM python:3.13-slim\nCOPY . /app\nCMD ["python", "-u", "/app/app.py"]\n',
    'app.py': APP,
    said: 'Hello',
  };
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return {
    folder,
    name,
    rehearse: async (options = {}) => {
      const entry = (await DemoCatalog.open([root], root)).find(name);
      if (entry?.demo === undefined) throw entry?.problem ?? new Error('no such demo');
      return rehearseDemo(entry, entry.demo, {
        engine,
        instance: await nameInstance(),
        cold: false,
        offline: false,
        record: true,
        redact: { secrets: [], patterns: [] },
        signal: new AbortController().signal,
        onEvent: () => undefined,
        ...options,
      });
    },
    [Symbol.asyncDispose]: async () => {
      await engine.removeImage(`deckhand-${name}-web:latest`);
      await engine.removeVolume(`deckhand-${name}-kept`);
      await rm(root, { recursive: true });
    },
  };
}

async function readRecording(folder: string) {
  const recording = parseRecording(await readFile(join(folder, 'recording', 'run.cast'), 'utf8'));
  if ('unreadable' in recording) throw new Error(recording.unreadable);
  return recording;
}

const messages = ({ problems }: RehearsedDemo) => problems.map(({ message }) => message);

describe('rehearsing a demo', () => {
  test('that does what it should runs it twice, times it, records it without its secret, and leaves nothing', async () => {
    await using demo = await prepare(
      '  expect: [{http: /, contains: Hello}, {http: /nowhere, status: 404}]\n',
    );
    const rehearsed = await demo.rehearse({ cold: true });
    expect(rehearsed).toMatchObject({
      problems: [],
      isRecorded: true,
      isInterrupted: false,
      budgetMs: 60_000,
    });
    expect(rehearsed.first?.readyMs).toBeGreaterThan(rehearsed.first?.buildMs ?? Infinity);
    expect(rehearsed.second?.buildMs).toBeGreaterThan(0);
    expect(await leftovers(engine, demo.name)).toEqual([]);
    const { events, facts, isComplete } = await readRecording(demo.folder);
    expect(isComplete).toBe(true);
    expect(facts).toMatchObject({ demo: demo.name, imageIds: [expect.stringContaining('sha256:')] });
    const printed = events.flatMap((event) => (event.type === 'output' ? [event.text] : [])).join('');
    expect(printed).toContain('API key is [redacted]');
    // The first run, which built every line, is the one that was recorded.
    const states = events.flatMap((event) =>
      event.type === 'step' && event.line === 2 ? [event.state] : [],
    );
    expect(states.at(-1)).toBe('done');
  });

  test('whose answer is not the expected one fails, and its recording stays and is called stale', async () => {
    await using demo = await prepare('  expect: [{http: /, contains: Hello}]\n');
    expect(messages(await demo.rehearse())).toEqual([]);
    const before = await readFile(join(demo.folder, 'recording', 'run.cast'), 'utf8');
    await writeFile(join(demo.folder, 'said'), 'Bye');
    const rehearsed = await demo.rehearse();
    expect(messages(rehearsed)).toEqual([
      'GET / answered without "Hello": "Bye".',
      'Its recording is stale: its files changed since.',
    ]);
    expect(rehearsed.isRecorded).toBe(false);
    expect(await readFile(join(demo.folder, 'recording', 'run.cast'), 'utf8')).toBe(before);
    expect(await readdir(join(demo.folder, 'recording'))).not.toContainEqual(
      expect.stringContaining('partial'),
    );
  });

  test('that answers differently when it is started again is told apart', async () => {
    const ask = '  ask: {service: web, port: 8000, path: /count, param: q, examples: [how often]}\n';
    await using demo = await prepare(ask);
    expect(messages(await demo.rehearse({ record: false }))).toEqual([
      'The two runs differ: "how often" got another answer the second time.',
    ]);
  });

  test('asks what is expected of its ask target, and records every answer', async () => {
    const ask = '  ask: {service: web, port: 8000, path: /ask, param: q, examples: [one, two]}\n';
    await using demo = await prepare(`${ask}  expect: [{ask: one, contains: "q=one"}]\n`);
    expect(messages(await demo.rehearse())).toEqual([]);
    const { events } = await readRecording(demo.folder);
    expect(events.flatMap((event) => (event.type === 'answer' ? [event.question] : []))).toEqual([
      'one',
      'two',
    ]);
  });

  test('without recording fails when the recording there is of other files', async () => {
    await using demo = await prepare('');
    expect(messages(await demo.rehearse({ record: false }))).toEqual(['It has no recording.']);
    await demo.rehearse();
    await writeFile(join(demo.folder, 'said'), 'Hello again');
    const { problems } = await demo.rehearse({ record: false });
    expect(problems).toEqual([
      { message: 'Its recording is stale: its files changed since.', hint: 'Rehearse without --no-record.' },
    ]);
  });

  test('that takes longer than its budget fails', async () => {
    await using demo = await prepare('  budget: 1ms\n');
    expect(messages(await demo.rehearse({ record: false }))[0]).toMatch(
      /^Its second start took \d\.\d s, over its budget of 0\.0 s\.$/u,
    );
  });

  test('whose app ends shows what it printed last', async () => {
    await using demo = await prepare('', '    command: python -c "print(\'no luck\'); exit(3)"\n');
    const [problem] = (await demo.rehearse()).problems;
    expect(problem).toMatchObject({ message: '"web" ended with exit code 3.', printed: ['no luck'] });
  });

  test('that is interrupted is stopped and cleaned up, and neither recorded nor judged', async () => {
    await using demo = await prepare('');
    const ending = new AbortController();
    const onEvent: RehearseParts['onEvent'] = (_demo, _run, event) => {
      if (event.type === 'phase' && event.phase === 'ready') ending.abort();
    };
    const rehearsed = await demo.rehearse({ signal: ending.signal, onEvent });
    expect(rehearsed).toMatchObject({ problems: [], isInterrupted: true, isRecorded: false });
    expect(rehearsed.second).toBeUndefined();
    expect(await leftovers(engine, demo.name)).toEqual([]);
  });

  test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
    'on a full disk goes on, says that it was not recorded, and keeps the recording before',
    async () => {
      await using demo = await prepare('');
      const folder = join(demo.folder, 'recording');
      await mkdir(folder);
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', folder]).status).toBe(0);
      try {
        await writeFile(join(folder, 'run.cast'), 'the one before');
        const rehearsed = await demo.rehearse();
        expect(messages(rehearsed)[0]).toBe('Not recorded: the disk is full.');
        expect(rehearsed.second?.readyMs).toBeGreaterThan(0);
        expect(await readFile(join(folder, 'run.cast'), 'utf8')).toBe('the one before');
        expect(await readdir(folder)).toEqual(['run.cast']);
      } finally {
        spawnSync('umount', [folder]);
      }
    },
  );
});

test('what is left on the engine is counted: ours, and images that lost their name; no volumes, nobody else’s', () => {
  const ours = { 'deckhand.instance': 'me' };
  const before: Labelled[] = [{ kind: 'image', id: 'old', labels: {}, isDangling: true }];
  const after: Labelled[] = [
    ...before,
    { kind: 'image', id: 'named', labels: {} },
    { kind: 'volume', id: 'kept', labels: ours },
    { kind: 'container', id: 'theirs', labels: { 'deckhand.instance': 'you' } },
  ];
  expect(findLeft(before, after, 'me')).toBe('');
  const left: Labelled[] = [
    { kind: 'container', id: 'a', labels: ours },
    { kind: 'container', id: 'b', labels: ours },
    { kind: 'network', id: 'c', labels: ours },
    { kind: 'image', id: 'new', labels: {}, isDangling: true },
  ];
  expect(findLeft(before, [...after, ...left], 'me')).toBe('2 containers, 1 network, 1 image');
});
